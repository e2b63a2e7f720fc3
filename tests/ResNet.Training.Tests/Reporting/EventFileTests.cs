using System.Buffers.Binary;
using Tensorboard;

namespace ResNet.Training.Tests;

public sealed class EventFileTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Every_figure_of_a_point_has_a_series_at_its_iteration_and_time()
    {
        using (var file = new EventFile(_folder.Root, Start))
        {
            file.Add([Histories.Point(1) with { ValidationError = null, ValidationLoss = null }]);
            file.Add([Histories.Point(2)]);
        }

        var events = Read();

        events[0].FileVersion.Should().Be("brain.Event:2");
        events[1].Summary.Value.Select(value => value.Tag).Should()
            .Equal("error/train", "loss/train", "learning_rate", "speed/images_per_second", "speed/data_wait_share");
        events[2].Summary.Value.ToDictionary(value => value.Tag, value => value.SimpleValue).Should().BeEquivalentTo(new Dictionary<string, float>
        {
            ["error/train"] = 0.25f,
            ["error/validation"] = 0.3f,
            ["loss/train"] = 0.25f,
            ["loss/validation"] = 0.5f,
            ["learning_rate"] = 0.1f,
            ["speed/images_per_second"] = 1234.56f,
            ["speed/data_wait_share"] = 0.0123f,
        });
        events.Select(item => item.Step).Should().Equal(0, 10, 20);
        events.Select(item => item.WallTime - Start.ToUnixTimeSeconds()).Should().Equal(0, 12.5, 25);
    }

    [Fact]
    public void What_is_written_can_be_read_while_the_run_lasts()
    {
        using var file = new EventFile(_folder.Root, Start);
        file.Add(Histories.Points(2));

        Read().Should().HaveCount(3);
    }

    [Fact]
    public void A_new_file_takes_the_place_of_those_before()
    {
        using (var old = new EventFile(_folder.Root, Start))
        {
            old.Add(Histories.Points(5));
        }

        using var file = new EventFile(_folder.Root, Start.AddHours(1));
        file.Add(Histories.Points(3));

        Read().Select(item => item.Step).Should().Equal(0, 10, 20, 30);
    }

    public void Dispose() => _folder.Dispose();

    private List<Event> Read()
    {
        string path = Directory.GetFiles(_folder.Root).Should().ContainSingle(name => name.Contains("tfevents", StringComparison.Ordinal)).Subject;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        List<Event> events = [];
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at)));
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)).Should().Be(Masked(file.AsSpan(at, 8)));
            var content = file.AsSpan(at + 12, length);
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)).Should().Be(Masked(content));
            events.Add(Event.Parser.ParseFrom(content.ToArray()));
            at += length + 16;
        }

        return events;
    }

    /// <summary>TensorFlow's checksum bit by bit, another way than the writer's.</summary>
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            sum ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0x82F63B78 : sum >> 1;
            }
        }

        sum = ~sum;
        return unchecked(((sum >> 15) | (sum << 17)) + 0xA282EAD8);
    }
}

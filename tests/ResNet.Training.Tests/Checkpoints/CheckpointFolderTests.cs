using System.Text.Json.Nodes;
using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SampleCheckpoint _sample = new();

    public void Dispose()
    {
        _sample.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_written_comes_back_to_the_last_bit()
    {
        var folder = new CheckpointFolder(_folder.Root, keepLast: 3);
        folder.Write(_sample.At(7), bestIteration: null);
        var rejected = new List<string>();

        using var loaded = folder.Newest(rejected)!;

        loaded.Path.Should().Be(_folder.PathTo("iteration-00000007.safetensors"));
        JsonNode.DeepEquals(loaded.State, _sample.At(7).State).Should().BeTrue();
        loaded.EnsureHolds(_sample.At(7).Tensors);
        foreach (var (name, tensor) in _sample.At(7).Tensors)
        {
            using var target = torch.zeros_like(tensor);
            loaded.CopyTo(name, target);
            target.bytes.ToArray().Should().Equal(tensor.bytes.ToArray(), "{0} was written so", name);
        }

        rejected.Should().BeEmpty();
    }

    [Fact]
    public void Numbers_of_the_state_keep_every_bit()
    {
        double[] numbers = [0.1, 1e-300, 5e-324, double.MaxValue, 1.0 / 3, -0.0];
        var folder = new CheckpointFolder(_folder.Root, keepLast: 1);
        folder.Write(_sample.At(1) with { State = new JsonObject { ["numbers"] = new JsonArray([.. numbers.Select(number => JsonValue.Create(number))]) } }, null);

        using var loaded = folder.Newest([])!;

        loaded.State["numbers"]!.AsArray().Select(number => BitConverter.DoubleToInt64Bits(number!.GetValue<double>()))
            .Should().Equal(numbers.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void A_state_may_be_larger_than_metadata()
    {
        var state = new JsonObject { ["curve"] = new JsonArray([.. Enumerable.Range(0, 1_500_000).Select(i => JsonValue.Create(i))]) };
        var folder = new CheckpointFolder(_folder.Root, keepLast: 1);
        folder.Write(_sample.At(1) with { State = state }, null);
        new FileInfo(folder.Files()[0]).Length.Should().BeGreaterThan(10_000_000);

        using var loaded = folder.Newest([])!;

        loaded.State["curve"]!.AsArray().Should().HaveCount(1_500_000);
        loaded.State["curve"]![1_499_999]!.GetValue<int>().Should().Be(1_499_999);
    }

    [Fact]
    public void The_last_ones_and_the_best_one_are_kept()
    {
        var folder = new CheckpointFolder(_folder.Root, keepLast: 2);
        for (int iteration = 1; iteration <= 6; iteration++)
        {
            folder.Write(_sample.At(iteration), bestIteration: iteration >= 2 ? 2 : 1);
        }

        Names(folder).Should().Equal("iteration-00000002.safetensors", "iteration-00000005.safetensors", "iteration-00000006.safetensors");
    }

    [Fact]
    public void A_damaged_newest_one_is_named_and_the_one_before_is_taken()
    {
        var folder = new CheckpointFolder(_folder.Root, keepLast: 3);
        folder.Write(_sample.At(1), null);
        folder.Write(_sample.At(2), null);
        FlipBit(folder.Files()[1], -1);
        var rejected = new List<string>();

        using var loaded = folder.Newest(rejected)!;

        loaded.Path.Should().EndWith("iteration-00000001.safetensors");
        rejected.Should().ContainSingle().Which.Should()
            .Match($"{_folder.PathTo("iteration-00000002.safetensors")}: its content has the digest *, not '*' as it should; it is damaged.");
    }

    [Fact]
    public void Damaged_ones_of_later_iterations_do_not_drive_out_whole_ones()
    {
        var folder = new CheckpointFolder(_folder.Root, keepLast: 1);
        folder.Write(_sample.At(5), null);
        folder.Write(_sample.At(9), bestIteration: 5);
        FlipBit(folder.Files()[1], -1);

        folder.Write(_sample.At(6), null);

        Names(folder).Should().Equal("iteration-00000006.safetensors");
    }

    [Fact]
    public void Other_files_are_neither_checkpoints_nor_removed()
    {
        string[] others = ["iteration-1.safetensors", "iteration-00000009.safetensors.bak", "notes.txt", "iteration-9999999999.safetensors"];
        foreach (string name in others)
        {
            File.WriteAllText(_folder.PathTo(name), name);
        }

        var folder = new CheckpointFolder(_folder.Root, keepLast: 1);
        folder.Write(_sample.At(1), null);
        folder.Write(_sample.At(2), null);

        Names(folder).Should().Equal("iteration-00000002.safetensors");
        others.Should().OnlyContain(name => File.Exists(_folder.PathTo(name)));
    }

    [Fact]
    public void Iterations_of_more_digits_come_after_those_of_fewer()
    {
        var folder = new CheckpointFolder(_folder.Root, keepLast: 2);
        folder.Write(_sample.At(99_999_999), null);
        folder.Write(_sample.At(100_000_000), null);

        using var newest = folder.Newest([])!;

        newest.Path.Should().EndWith("iteration-100000000.safetensors");
    }

    [Fact]
    public void A_folder_that_is_not_there_holds_nothing()
    {
        var folder = new CheckpointFolder(_folder.PathTo("none"), keepLast: 1);

        folder.Files().Should().BeEmpty();
        folder.Newest([]).Should().BeNull();
    }

    [Fact]
    public void Writing_and_reading_leave_no_tensor_behind()
    {
        var folder = new CheckpointFolder(_folder.Root, keepLast: 1);
        var checkpoint = _sample.At(1);
        DisposeScopeManager.Statistics.Reset();

        folder.Write(checkpoint, null);
        using (var loaded = folder.Newest([])!)
        {
            foreach (var (name, tensor) in checkpoint.Tensors)
            {
                loaded.CopyTo(name, tensor);
            }
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(0);
    }

    internal static void FlipBit(string path, int index, int bit = 0)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[index < 0 ? bytes.Length + index : index] ^= (byte)(1 << bit);
        File.WriteAllBytes(path, bytes);
    }

    private static IEnumerable<string?> Names(CheckpointFolder folder) => folder.Files().Select(Path.GetFileName);
}

using System.Text;
using System.Text.Json.Nodes;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>Whatever happens to the newest checkpoint: it is named with a reason, the one before is taken, and nothing else is thrown.</summary>
public sealed class CheckpointDamageTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly SampleCheckpoint _sample = new();
    private readonly CheckpointFolder _folder;

    public CheckpointDamageTests()
    {
        _folder = new CheckpointFolder(_temporary.Root, keepLast: 2);
        _folder.Write(_sample.At(1), null);
        _folder.Write(_sample.At(2), null);
    }

    private string Newest => _temporary.PathTo("iteration-00000002.safetensors");

    public void Dispose()
    {
        _sample.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        byte[] whole = File.ReadAllBytes(Newest);
        for (int index = 0; index < whole.Length; index++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] damaged = [.. whole];
                damaged[index] ^= (byte)(1 << bit);
                EnsureRejected(damaged, $"bit {bit} of byte {index}");
            }
        }
    }

    [Fact]
    public void Every_length_but_the_whole_one_is_noticed()
    {
        byte[] whole = File.ReadAllBytes(Newest);
        for (int length = 0; length < whole.Length; length++)
        {
            EnsureRejected(whole[..length], $"length {length}");
        }

        EnsureRejected([.. whole, 0], "one byte more");
    }

    [Fact]
    public void A_large_one_cut_off_at_any_kilobyte_is_noticed()
    {
        using var values = torch.rand(100_000);
        _folder.Write(new Checkpoint(2, [KeyValuePair.Create("velocity", values)], []), null);
        byte[] whole = File.ReadAllBytes(Newest);
        whole.Length.Should().BeGreaterThan(400_000);
        for (int length = 0; length < whole.Length; length += 1024)
        {
            EnsureRejected(whole[..length], $"cut at {length}");
            byte[] holed = [.. whole];
            holed.AsSpan(length, Math.Min(1024, whole.Length - length)).Clear();
            EnsureRejected(holed, $"zeros from {length}");
        }
    }

    [Fact]
    public void Swapped_values_of_two_tensors_are_noticed()
    {
        using var first = torch.zeros(4);
        using var second = torch.ones(4);
        _folder.Write(new Checkpoint(2, [KeyValuePair.Create("a", first), KeyValuePair.Create("b", second)], []), null);
        byte[] bytes = File.ReadAllBytes(Newest);
        byte[] values = bytes[^32..];

        EnsureRejected([.. bytes[..^32], .. values[16..], .. values[..16]], "swapped");
    }

    [Fact]
    public void The_checkpoint_of_another_iteration_under_this_name_is_noticed()
    {
        File.Copy(_temporary.PathTo("iteration-00000001.safetensors"), Newest, overwrite: true);

        Reason().Should().Be($"{Newest}: it is the checkpoint of iteration 1; it was renamed.");
    }

    [Fact]
    public void Weights_under_the_name_of_a_checkpoint_are_none()
    {
        using var values = torch.ones(4);
        SafeTensorsWriter.Write(Newest, [KeyValuePair.Create("conv1.weight", values)]);

        Reason().Should().Be($"{Newest}: it has no 'resnet.digest' in its metadata; it is damaged, or no checkpoint.");
    }

    [Theory]
    [InlineData("{}{}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("""{"a": 1, "a": 2}""")]
    [InlineData("""{"a": NaN}""")]
    public void A_state_that_is_not_an_object_of_JSON_is_refused_though_its_digest_is_right(string state)
    {
        Forge(state: state);

        Reason().Should().Match($"{Newest}: its state is *; it is damaged.");
    }

    [Fact]
    public void Without_a_state_it_is_no_checkpoint()
    {
        Forge(state: string.Empty);

        Reason().Should().Be($"{Newest}: it has no bytes 'state'; it is no checkpoint.");
    }

    [Theory]
    [InlineData("{}", "* its state has no 'threads', which every run writes. Go on from another checkpoint.")]
    [InlineData("""{"threads": null}""", "* its state has no 'threads'*")]
    [InlineData("""{"threads": "two"}""", "* 'threads' of its state cannot be read (*). Go on from another checkpoint.")]
    [InlineData("""{"threads": [2]}""", "* 'threads' of its state cannot be read (*")]
    public void A_state_that_no_run_wrote_ends_in_a_message(string state, string message)
    {
        Forge(state);
        using var loaded = _folder.Newest([])!;

        loaded.Invoking(checkpoint => checkpoint.Read<int>("threads")).Should().Throw<CheckpointException>().WithMessage(message);
    }

    [Fact]
    public void An_array_is_no_part_of_a_state()
    {
        Forge("""{"schedule": [1]}""");
        using var loaded = _folder.Newest([])!;

        loaded.Invoking(checkpoint => checkpoint.Read<JsonObject>("schedule")).Should().Throw<CheckpointException>();
    }

    [Fact]
    public void A_state_nested_without_end_is_refused()
    {
        Forge(state: string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));

        Reason().Should().StartWith($"{Newest}: its state is not JSON (");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void A_version_that_is_no_number_is_refused(string version)
    {
        Forge(version: version);

        Reason().Should().Be($"{Newest}: 'resnet.checkpoint_version' in its metadata is '{version}', which is no number; it is damaged.");
    }

    [Fact]
    public void A_later_version_is_not_passed_over()
    {
        Forge(version: "2");

        _folder.Invoking(folder => folder.Newest([])).Should().Throw<CheckpointException>()
            .WithMessage($"{Newest} is of format 2, this version reads up to 1. Go on with the version that wrote it, or a later one.");
    }

    [Fact]
    public void One_of_another_network_lists_every_difference_before_anything_is_copied()
    {
        using var loaded = _folder.Newest([])!;
        using var shorter = torch.zeros(3);
        using var wider = torch.zeros(2, 3, 4, torch.ScalarType.Float64);

        loaded.Invoking(checkpoint => checkpoint.EnsureHolds(
            [KeyValuePair.Create("velocity", shorter), KeyValuePair.Create("model.conv1.weight", wider), KeyValuePair.Create("fc.bias", shorter)]))
            .Should().Throw<CheckpointException>().WithMessage(
                $"{Newest} is of another network or optimiser:\n- 'velocity' is Float32 [4] in the checkpoint, Float32 [3] now\n"
                + "- 'model.conv1.weight' is Float32 [2, 3, 4] in the checkpoint, Float64 [2, 3, 4] now\n- 'fc.bias' is not in the checkpoint\n"
                + "- 'model.bn1.num_batches_tracked' is not in the network now\n- 'generator' is not in the network now\n"
                + "Build the network of the run, or begin anew in another folder.");
    }

    [Fact]
    public void Values_are_never_converted()
    {
        using var loaded = _folder.Newest([])!;
        using var target = torch.full(4, 9.0, torch.ScalarType.Float64);

        loaded.Invoking(checkpoint => checkpoint.CopyTo("velocity", target)).Should().Throw<CheckpointException>();

        target.data<double>().ToArray().Should().OnlyContain(value => value == 9);
    }

    [Fact]
    public void Where_none_is_whole_each_is_named()
    {
        foreach (string path in _folder.Files())
        {
            File.WriteAllText(path, "nonsense");
        }

        var rejected = new List<string>();
        _folder.Newest(rejected).Should().BeNull();

        rejected.Should().HaveCount(2);
        CheckpointException.NothingToResume(_temporary.Root, rejected).Message.Should().Be(
            $"{_temporary.Root} has nothing to go on from: no checkpoint in it is whole:\n- {rejected[0]}\n- {rejected[1]}\n"
            + "Name the folder of a run, or begin anew in another.");
    }

    /// <summary>A checkpoint whose digest is right, although its content is not what a run writes.</summary>
    private void Forge(string state = "{}", string version = "1")
    {
        using var bytes = torch.tensor(Encoding.UTF8.GetBytes(state), dtype: torch.ScalarType.Byte);
        KeyValuePair<string, Tensor>[] tensors = [KeyValuePair.Create("state", bytes)];
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["resnet.checkpoint_version"] = version,
            ["resnet.iteration"] = "2",
        };
        SafeTensorsWriter.Write(Newest, tensors, metadata);
        using (var file = StateDictFile.Open(Newest))
        {
            metadata["resnet.digest"] = CheckpointFormat.DigestOf(file);
        }

        SafeTensorsWriter.Write(Newest, tensors, metadata);
    }

    private string Reason()
    {
        var rejected = new List<string>();
        using var loaded = _folder.Newest(rejected);
        loaded!.Path.Should().EndWith("iteration-00000001.safetensors");
        return rejected.Should().ContainSingle().Which;
    }

    private void EnsureRejected(byte[] content, string damage)
    {
        // In place: hundreds of files are quicker to write than to replace.
        File.WriteAllBytes(Newest, content);
        var rejected = new List<string>();
        using var loaded = _folder.Newest(rejected);
        if (rejected.Count != 1 || loaded?.Path.EndsWith("iteration-00000001.safetensors", StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException($"Not noticed: {damage}.");
        }
    }
}

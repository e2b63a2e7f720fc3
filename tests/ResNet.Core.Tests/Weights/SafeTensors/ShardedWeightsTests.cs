using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public sealed class ShardedWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_model_in_several_files_opens_by_its_index_and_loads()
    {
        using var model = ResNetModel.CifarResNet(8);
        var state = model.state_dict();
        string index = ShardedFiles.Write(_folder.Root, state, 3);

        using var file = StateDictFile.Open(index);
        file.Format.Should().Be("sharded");
        file.Name.Should().Be(index);
        file.Entries.Select(entry => entry.Name).Should().Equal(state.Keys);
        foreach (var (name, tensor) in state)
        {
            using var read = file.Read(name);
            read.Should().HaveEqualValues(tensor);
        }

        using var other = ResNetModel.CifarResNet(8);
        other.LoadWeights(index).Loaded.Should().HaveCount(state.Count);
        other.state_dict()["fc.weight"].Should().HaveEqualValues(state["fc.weight"]);
    }

    [Fact]
    public void Only_what_all_files_say_is_said_of_the_model()
    {
        using var scope = torch.NewDisposeScope();
        Shard("one.safetensors", "a", new() { ["resnet"] = "yes", ["part"] = "1" });
        Shard("two.safetensors", "b", new() { ["resnet"] = "yes", ["part"] = "2", ["more"] = "text" });
        string index = Index(("b", "two.safetensors"), ("a", "one.safetensors"));

        using var file = StateDictFile.Open(index);
        file.Metadata.Should().Equal(new Dictionary<string, string> { ["resnet"] = "yes", ["format"] = "pt" });
        file.Entries.Select(entry => entry.Name).Should().Equal("b", "a");
    }

    [Fact]
    public void Every_file_is_closed_with_the_index()
    {
        using var scope = torch.NewDisposeScope();
        Shard("one.safetensors", "a", []);
        Shard("two.safetensors", "b", []);
        string index = Index(("a", "one.safetensors"), ("b", "two.safetensors"));

        var file = StateDictFile.Open(index);
        file.Dispose();
        file.Invoking(f => f.Read("a")).Should().Throw<ObjectDisposedException>();
        file.Invoking(f => f.Read("b")).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void A_safetensors_file_whose_first_byte_is_a_brace_is_no_index()
    {
        string tensor = SafeTensorsBytes.Tensor("a", "F32", "[2]", "[0,8]");
        byte[] bytes = SafeTensorsBytes.Of($"{{{tensor}}}".PadRight('{'), 8);
        bytes[0].Should().Be((byte)'{');

        using var file = StateDictFile.Open(new MemoryStream(bytes));
        file.Format.Should().Be("safetensors");
    }

    [Fact]
    public void A_stream_has_no_folder_for_the_files_of_an_index()
    {
        using var scope = torch.NewDisposeScope();
        Shard("one.safetensors", "a", []);
        using var stream = File.OpenRead(Index(("a", "one.safetensors")));

        var open = () => StateDictFile.Open(stream, "upload");
        open.Should().Throw<WeightsFormatException>().WithMessage(
            "upload: this is an index that names other files, which a stream has no folder for. Open the index by its path.");
    }

    public void Dispose() => _folder.Dispose();

    private void Shard(string name, string tensor, Dictionary<string, string> metadata) =>
        SafeTensorsWriter.Write(_folder.PathTo(name), new Dictionary<string, Tensor> { [tensor] = torch.ones(2) }, metadata);

    private string Index(params (string Tensor, string File)[] map) => ShardedFiles.WriteIndex(_folder.Root, map);
}

using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public sealed class SaveAsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    [Theory]
    [InlineData("copy.safetensors")]
    [InlineData("copy.pth")]
    public void Every_tensor_and_text_is_kept(string target)
    {
        var tensors = Tensors();
        SafeTensorsWriter.Write(_folder.PathTo("a.safetensors"), tensors, new Dictionary<string, string> { ["note"] = "für uns" });

        using (var file = StateDictFile.Open(_folder.PathTo("a.safetensors")))
        {
            file.SaveAs(_folder.PathTo(target));
        }

        using var copy = StateDictFile.Open(_folder.PathTo(target));
        copy.Metadata["note"].Should().Be("für uns");
        copy.Entries.Should().HaveCount(tensors.Count);
        foreach (var (name, tensor) in tensors)
        {
            copy.Read(name).Should().HaveEqualValues(tensor, name);
        }
    }

    [Fact]
    public void A_file_is_not_written_over_what_it_is_read_from()
    {
        string index = ShardedFiles.Write(_folder.Root, Tensors(), 2);
        string shard = Directory.GetFiles(_folder.Root, "model-00001*")[0];
        byte[] before = File.ReadAllBytes(shard);
        using var file = StateDictFile.Open(index);

        file.Paths.Should().HaveCount(3).And.Contain([index, shard]);
        file.Invoking(f => f.SaveAs(shard)).Should().Throw<ArgumentException>().WithMessage($"{shard} is one of the files that are read*");
        File.ReadAllBytes(shard).Should().Equal(before);
    }

    [SkippableFact]
    public void More_than_a_disk_holds_is_refused_before_it_is_written()
    {
        // One storage of 16 MB under so many names that a format that writes each would need 302 GB.
        var shared = torch.zeros(4 << 20);
        PyTorchWriter.Write(_folder.PathTo("tied.pth"), Enumerable.Range(0, 18_000).Select(i => KeyValuePair.Create($"n{i}", shared)));
        using var file = StateDictFile.Open(_folder.PathTo("tied.pth"));
        long free = new DriveInfo(_folder.Root).AvailableFreeSpace;
        Skip.If(free > 18_000L * (16 << 20), "this disk would hold it");

        file.Invoking(f => f.SaveAs(_folder.PathTo("apart.safetensors"))).Should().Throw<IOException>().WithMessage("*would take 301,989,888,000 bytes, but its disk has only*free*");
        File.Exists(_folder.PathTo("apart.safetensors")).Should().BeFalse();
    }

    [Fact]
    public void There_and_back_gives_the_same_bytes()
    {
        SafeTensorsWriter.Write(_folder.PathTo("a.safetensors"), Tensors(), new Dictionary<string, string> { ["note"] = "text" });
        Copy("a.safetensors", "b.pth");
        Copy("b.pth", "c.safetensors");
        Copy("c.safetensors", "d.pth");

        File.ReadAllBytes(_folder.PathTo("c.safetensors")).Should().Equal(File.ReadAllBytes(_folder.PathTo("a.safetensors")));
        File.ReadAllBytes(_folder.PathTo("d.pth")).Should().Equal(File.ReadAllBytes(_folder.PathTo("b.pth")));
    }

    [Fact]
    public void Tensors_that_share_their_values_still_do()
    {
        var whole = torch.rand(1000);
        PyTorchWriter.Write(_folder.PathTo("a.pth"), new Dictionary<string, Tensor> { ["one"] = whole, ["two"] = whole.view(10, 100) });
        Copy("a.pth", "b.pth");

        File.ReadAllBytes(_folder.PathTo("b.pth")).Should().Equal(File.ReadAllBytes(_folder.PathTo("a.pth")));
    }

    [Fact]
    public void A_model_in_several_files_becomes_one()
    {
        using var model = ResNetModel.CifarResNet(8);
        Copy(Path.GetFileName(ShardedFiles.Write(_folder.Root, model.state_dict(), 3)), "whole.pth");

        using var other = ResNetModel.CifarResNet(8);
        other.LoadWeights(_folder.PathTo("whole.pth")).Loaded.Should().HaveCount(model.state_dict().Count);
        other.state_dict()["fc.weight"].Should().HaveEqualValues(model.state_dict()["fc.weight"]);
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".pth")]
    public void Cancelling_leaves_the_old_file_and_no_other(string extension)
    {
        SafeTensorsWriter.Write(_folder.PathTo("a.safetensors"), Tensors());
        string target = _folder.PathTo("out" + extension);
        File.WriteAllText(target, "old");
        using var stop = new CancellationTokenSource();
        using var file = StateDictFile.Open(_folder.PathTo("a.safetensors"));

        var save = () => file.SaveAs(target, new Watcher(_ => stop.Cancel()), stop.Token);
        save.Should().Throw<OperationCanceledException>();
        File.ReadAllText(target).Should().Be("old");
        Directory.GetFileSystemEntries(_folder.Root).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".pth")]
    public void Progress_rises_to_one(string extension)
    {
        SafeTensorsWriter.Write(_folder.PathTo("a.safetensors"), Tensors());
        using var file = StateDictFile.Open(_folder.PathTo("a.safetensors"));
        var shares = new List<double>();
        file.SaveAs(_folder.PathTo("out" + extension), new Watcher(shares.Add));

        shares.Should().BeInAscendingOrder().And.HaveCountGreaterThan(2);
        shares[^1].Should().Be(1);
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".pth")]
    public void Tensors_are_read_one_at_a_time_and_none_is_left(string extension)
    {
        SafeTensorsWriter.Write(_folder.PathTo("a.safetensors"), Tensors());
        using var file = StateDictFile.Open(_folder.PathTo("a.safetensors"));
        long most = 0;
        var watcher = new Watcher(_ => most = Math.Max(most, DisposeScopeManager.Statistics.ThreadTotalLiveCount));

        LiveTensors.ShouldBeLeftBy(() => file.SaveAs(_folder.PathTo("out" + extension), watcher), 0);
        most.Should().Be(1);
    }

    [Fact]
    public void What_the_format_cannot_hold_is_refused()
    {
        PyTorchWriter.Write(_folder.PathTo("a.pth"), new Dictionary<string, Tensor> { ["c"] = torch.ones(2, dtype: torch.complex64) });
        using var file = StateDictFile.Open(_folder.PathTo("a.pth"));

        file.Invoking(f => f.SaveAs(_folder.PathTo("b.safetensors"))).Should().Throw<ArgumentException>().WithMessage("'c' is of type ComplexFloat32,*");
        file.Invoking(f => f.SaveAs(_folder.PathTo("b.onnx"))).Should().Throw<ArgumentException>().WithMessage("* has the extension '.onnx'; *");
        Directory.GetFileSystemEntries(_folder.Root).Should().HaveCount(1);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private static Dictionary<string, Tensor> Tensors() => new()
    {
        ["layer.weight"] = torch.randn(3, 4),
        ["half"] = torch.randn(5).half(),
        ["count"] = torch.tensor(7L),
        ["empty"] = torch.zeros(0, 3),
        ["flag"] = torch.tensor(true),
    };

    private void Copy(string from, string to)
    {
        using var file = StateDictFile.Open(_folder.PathTo(from));
        file.SaveAs(_folder.PathTo(to));
    }

    private sealed class Watcher(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}

using System.Text.Json;
using ResNet.Imaging;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Cli.Tests;

public sealed class ConvertCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    [Theory]
    [InlineData("out.pth", "PyTorch zip")]
    [InlineData("out.pt", "PyTorch zip")]
    [InlineData("out.safetensors", "safetensors")]
    public void A_described_network_keeps_everything_that_is_known(string target, string format)
    {
        var labels = new ClassLabels(["red", "green", "blue"]);
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), Preprocessing.Cifar10, labels);

        var (code, output, errors) = ResnetProcess.Run("convert", input, _folder.PathTo(target), "--json");

        code.Should().Be(0, errors);
        var said = JsonDocument.Parse(output).RootElement;
        said.GetProperty("tensors").GetInt32().Should().Be(44);
        said.GetProperty("bytes").GetInt64().Should().Be(new FileInfo(_folder.PathTo(target)).Length);
        said.GetProperty("format").GetString().Should().Be(format);
        said.GetProperty("output").GetString().Should().Be(_folder.PathTo(target));
        ModelFile.ReadDescription(_folder.PathTo(target)).Should().Be(ModelFile.ReadDescription(input));
        ShouldHoldTheSame(input, _folder.PathTo(target));
    }

    [Fact]
    public void A_shard_of_the_input_is_no_output()
    {
        SafeTensorsWriter.Write(_folder.PathTo("a.safetensors"), new Dictionary<string, Tensor> { ["a"] = torch.ones(2) });
        File.WriteAllText(_folder.PathTo("all.json"), """{"weight_map":{"a":"a.safetensors"}}""");
        byte[] before = File.ReadAllBytes(_folder.PathTo("a.safetensors"));

        var (code, _, errors) = ResnetProcess.Run("convert", _folder.PathTo("all.json"), _folder.PathTo("a.safetensors"), "--force");

        code.Should().Be(2);
        errors.Should().Contain("is one of the files that");
        File.ReadAllBytes(_folder.PathTo("a.safetensors")).Should().Equal(before);
    }

    [Fact]
    public void There_and_back_gives_the_same_bytes()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), Preprocessing.Cifar10, null);

        ResnetProcess.Run("convert", input, _folder.PathTo("out.pth")).ExitCode.Should().Be(0);
        ResnetProcess.Run("convert", _folder.PathTo("out.pth"), _folder.PathTo("again.safetensors")).ExitCode.Should().Be(0);

        File.ReadAllBytes(_folder.PathTo("again.safetensors")).Should().Equal(File.ReadAllBytes(input));
    }

    [Fact]
    public void Tensors_of_any_other_file_are_copied_as_they_are()
    {
        var tensors = new Dictionary<string, Tensor> { ["decoder.0"] = torch.randn(2, 3).half(), ["step"] = torch.tensor(9L) };
        PyTorchWriter.Write(_folder.PathTo("in.pth"), tensors, new Dictionary<string, string> { ["author"] = "somebody" });

        var (code, output, errors) = ResnetProcess.Run("convert", _folder.PathTo("in.pth"), _folder.PathTo("new", "out.safetensors"));

        code.Should().Be(0, errors);
        output.Should().StartWith($"{_folder.PathTo("new", "out.safetensors")}: 2 tensors, ").And.Contain(" bytes, safetensors");
        ShouldHoldTheSame(_folder.PathTo("in.pth"), _folder.PathTo("new", "out.safetensors"));
        using var file = StateDictFile.Open(_folder.PathTo("new", "out.safetensors"));
        file.Metadata["author"].Should().Be("somebody");
    }

    [Fact]
    public void A_network_named_on_the_command_line_is_written_down()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), null, null);
        WeightsFiles.RemoveDescription(input);
        string[] network = ["--arch", "resnet8-cifar", "--classes", "3", "--zero-padding", "both"];

        var plain = ResnetProcess.Run(["convert", input, _folder.PathTo("plain.pth"), .. network]);
        var normalized = ResnetProcess.Run(["convert", input, _folder.PathTo("normalized.pth"), .. network, "--normalization", "imagenet"]);

        plain.ExitCode.Should().Be(0, plain.Errors);
        plain.Errors.Should().Contain($"{input} does not say how pictures are prepared, so {_folder.PathTo("plain.pth")} will not either.");
        var description = ModelFile.ReadDescription(_folder.PathTo("plain.pth"));
        description.Options.Should().Be(ResNetOptions.Cifar(8) with { ClassCount = 3, ZeroPadding = ZeroPadding.Both });
        description.Preprocessing.Should().BeNull();
        normalized.ExitCode.Should().Be(0, normalized.Errors);
        normalized.Errors.Should().Contain("not verified: ").And.NotContain("how pictures are prepared");
        ModelFile.ReadDescription(_folder.PathTo("normalized.pth")).Preprocessing.Should().Be(Preprocessing.Cifar10 with { Normalization = Normalization.ImageNet });
        ShouldHoldTheSame(input, _folder.PathTo("normalized.pth"));
    }

    [SkippableTheory]
    [InlineData("resnet20-12fca82f.th", "resnet20-cifar")]
    [InlineData("resnet20-zip.pth", "resnet20-cifar")]
    [InlineData("resnet32-d509ac18.th", "resnet32-cifar")]
    public void Weights_of_PyTorch_become_described_files_and_PyTorch_again(string name, string network)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string input = Oracle.PathTo("weights", name), first = _folder.PathTo("first.safetensors"), second = _folder.PathTo("second.pth");

        var named = ResnetProcess.Run("convert", input, first, "--arch", network, "--zero-padding", "both", "--normalization", "imagenet");
        var described = ResnetProcess.Run("convert", first, second);

        named.ExitCode.Should().Be(0, named.Errors);
        described.ExitCode.Should().Be(0, described.Errors);
        described.Errors.Should().BeEmpty();
        using var original = ModelFile.Load(input, ModelFile.ReadDescription(second).Options);
        using var converted = ModelFile.Load(second, out var description);
        description.Preprocessing.Should().Be(Preprocessing.Cifar10 with { Normalization = Normalization.ImageNet });
        foreach (var (key, tensor) in original.state_dict())
        {
            converted.state_dict()[key].bytes.SequenceEqual(tensor.bytes).Should().BeTrue(key);
        }
    }

    [SkippableFact]
    public void Of_a_checkpoint_the_weights_are_copied_and_it_is_said()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string input = Oracle.PathTo("weights", "checkpoint-zip.pth");

        var (code, _, errors) = ResnetProcess.Run("convert", input, _folder.PathTo("out.safetensors"));

        code.Should().Be(0, errors);
        errors.Should().Contain($"{input} is a checkpoint; only what lies under 'model' is copied.");
        ShouldHoldTheSame(input, _folder.PathTo("out.safetensors"));
    }

    [Fact]
    public void Options_of_a_network_that_is_not_known_are_refused()
    {
        SafeTensorsWriter.Write(_folder.PathTo("in.safetensors"), new Dictionary<string, Tensor> { ["a"] = torch.ones(1) });
        foreach (string[] options in new[] { ["--normalization", "imagenet"], new[] { "--classes", "3" } })
        {
            var (code, _, errors) = ResnetProcess.Run(["convert", _folder.PathTo("in.safetensors"), _folder.PathTo("out.pth"), .. options]);
            code.Should().Be(2);
            errors.Should().Contain("does not say which network it belongs to. Say it with --arch, or leave the options of the network out.");
        }

        File.Exists(_folder.PathTo("out.pth")).Should().BeFalse();
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_only_by_force()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), null, null);
        string output = _folder.PathTo("out.pth");
        File.WriteAllText(output, "precious");

        var refused = ResnetProcess.Run("convert", input, output);
        refused.ExitCode.Should().Be(2);
        refused.Errors.Should().Contain($"{output} is there already; name another file, or replace it with --force.");
        File.ReadAllText(output).Should().Be("precious");

        ResnetProcess.Run("convert", input, output, "--force").ExitCode.Should().Be(0);
        ShouldHoldTheSame(input, output);
    }

    [Fact]
    public void The_input_is_never_the_output()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), null, null);
        byte[] bytes = File.ReadAllBytes(input);
        var names = new List<string> { input, Path.Combine(_folder.Root, ".", "in.safetensors") };
        if (!OperatingSystem.IsWindows())
        {
            names.Add(File.CreateSymbolicLink(_folder.PathTo("link.safetensors"), input).FullName);
        }

        foreach (string name in names)
        {
            var (code, _, errors) = ResnetProcess.Run("convert", input, name, "--force");
            code.Should().Be(2);
            errors.Should().Contain($"{name} is the file that is read; name another one to write.");
        }

        File.ReadAllBytes(input).Should().Equal(bytes);
    }

    [Fact]
    public void What_cannot_be_written_or_read_is_said()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), null, null);
        File.WriteAllText(_folder.PathTo("text.pth"), "hello");

        var extension = ResnetProcess.Run("convert", input, _folder.PathTo("out.h5"));
        var missing = ResnetProcess.Run("convert", _folder.PathTo("nothing.pth"), _folder.PathTo("out.pth"));
        var damaged = ResnetProcess.Run("convert", _folder.PathTo("text.pth"), _folder.PathTo("out.pth"));

        extension.ExitCode.Should().Be(2);
        extension.Errors.Should().Contain("has the extension '.h5', which decides the format; weights are written as .safetensors, .pth, .pt or .onnx.");
        missing.ExitCode.Should().Be(1);
        missing.Errors.Should().Contain("nothing.pth does not exist");
        damaged.ExitCode.Should().Be(1);
        damaged.Errors.Should().Contain("text.pth, byte 0: this is no file of weights that is known");
        File.Exists(_folder.PathTo("out.pth")).Should().BeFalse();
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private static void ShouldHoldTheSame(string expected, string actual)
    {
        using var one = StateDictFile.Open(expected);
        using var other = StateDictFile.Open(actual);
        other.Entries.Select(entry => entry.ToString()).Should().BeEquivalentTo(one.Entries.Select(entry => entry.ToString()));
        foreach (var entry in one.Entries)
        {
            other.Read(entry.Name).bytes.SequenceEqual(one.Read(entry.Name).bytes).Should().BeTrue(entry.Name);
        }
    }
}

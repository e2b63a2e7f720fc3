using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using ResNet.Imaging;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Cli.Tests;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Model => _folder.PathTo("out.onnx");

    [Fact]
    public void A_network_is_written_with_what_is_known_of_it()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), Preprocessing.Cifar10, new ClassLabels(["red", "green", "blue"]));

        var (code, output, errors) = ResnetProcess.Run("export", input, Model, "--json");

        code.Should().Be(0, errors);
        errors.Should().BeEmpty();
        var said = JsonDocument.Parse(output).RootElement;
        said.GetProperty("nodes").GetInt32().Should().BePositive();
        said.GetProperty("bytes").GetInt64().Should().Be(new FileInfo(Model).Length);
        said.GetProperty("format").GetString().Should().Be("ONNX");
        said.GetProperty("opset").GetInt32().Should().Be(17);
        said.GetProperty("output").GetString().Should().Be(Model);
        said.GetProperty("files").Deserialize<string[]>().Should().Equal(Model);
        using var session = new InferenceSession(Model);
        session.ModelMetadata.CustomMetadataMap["resnet.labels"].Should().Be("""["red","green","blue"]""");
        session.ModelMetadata.CustomMetadataMap["resnet.preprocessing"].Should().Contain("\"cropSize\":32");
        ShouldAnswer(session, input, scale: 1);
    }

    [Fact]
    public void All_options_together_give_one_model()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), Preprocessing.Cifar10 with { Normalization = Normalization.None }, null);

        var (code, output, errors) = ResnetProcess.Run(
            "export", input, Model, "--opset", "15", "--softmax", "--normalize", "--external-data", "--no-fold", "--size", "32", "--batch-size", "2");

        code.Should().Be(0, errors);
        output.Should().StartWith($"{Model}: ").And.Contain("ONNX (opset 15), 'images' to 'probabilities'").And.Contain($"{Model}.data: the weights");
        using var session = new InferenceSession(Model);
        session.InputMetadata["images"].Dimensions.Should().Equal(2, 3, 32, 32);
        ShouldAnswer(session, input, scale: 255, softmax: true);
    }

    [Fact]
    public void Without_a_file_the_built_in_network_is_written()
    {
        var (code, output, errors) = ResnetProcess.Run("export", Model);

        code.Should().Be(0, errors);
        errors.Should().Contain("Without FILE: the built-in ResNet-20");
        output.Should().StartWith($"{Model}: ");
        using var session = new InferenceSession(Model);
        session.ModelMetadata.CustomMetadataMap["resnet.labels"].Should().Contain("airplane");
        ResnetProcess.Run("export", _folder.PathTo("other.onnx"), "--classes", "3").Errors.Should().Contain("The built-in network takes no options.");
    }

    [Fact]
    public void Without_a_file_a_named_network_is_written_untrained()
    {
        var (code, _, errors) = ResnetProcess.Run("export", Model, "--arch", "resnet8-cifar", "--classes", "4");

        code.Should().Be(0, errors);
        errors.Should().Contain("Without FILE: resnet8-cifar with fresh weights. It is untrained");
        using var session = new InferenceSession(Model);
        session.OutputMetadata["logits"].Dimensions.Should().Equal(-1, 4);
    }

    [Fact]
    public void Convert_writes_the_same_model()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), Preprocessing.Cifar10, null);

        var (code, output, errors) = ResnetProcess.Run("convert", input, _folder.PathTo("converted.onnx"));
        ResnetProcess.Run("export", input, Model).ExitCode.Should().Be(0);

        code.Should().Be(0, errors);
        output.Should().Contain("ONNX (opset 17), 'images' to 'logits'");
        File.ReadAllBytes(_folder.PathTo("converted.onnx")).Should().Equal(File.ReadAllBytes(Model));
    }

    [Fact]
    public void A_network_named_on_the_command_line_is_written()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), null, null);
        WeightsFiles.RemoveDescription(input);
        string[] network = ["--arch", "resnet8-cifar", "--classes", "3"];

        var unknown = ResnetProcess.Run("export", input, Model);
        var unprepared = ResnetProcess.Run(["export", input, Model, "--normalize", .. network]);
        var unconvertible = ResnetProcess.Run("convert", input, Model);
        var plain = ResnetProcess.Run(["export", input, Model, .. network]);

        unknown.ExitCode.Should().Be(2);
        unknown.Errors.Should().Contain("does not say which network it belongs to. Say it with --arch");
        unprepared.ExitCode.Should().Be(2);
        unprepared.Errors.Should().Contain($"{input} does not say how pictures are prepared, so the model cannot do it. Say it with --normalization.");
        unconvertible.ExitCode.Should().Be(2);
        unconvertible.Errors.Should().Contain("only a network can be written as ONNX. Say it with --arch.");
        plain.ExitCode.Should().Be(0, plain.Errors);
        plain.Errors.Should().Contain($"so {Model} will not either.");
        ResnetProcess.Run(["export", input, Model, "--force", "--normalize", "--normalization", "imagenet", .. network]).ExitCode.Should().Be(0);
    }

    [Fact]
    public void Files_that_are_there_are_replaced_only_by_force()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), Preprocessing.Cifar10, null);
        File.WriteAllText(Model + ".data", "precious");

        var refused = ResnetProcess.Run("export", input, Model, "--external-data");

        refused.ExitCode.Should().Be(2);
        refused.Errors.Should().Contain($"{Model}.data is there already; name another file, or replace it with --force.");
        File.ReadAllText(Model + ".data").Should().Be("precious");
        File.Exists(Model).Should().BeFalse();
        ResnetProcess.Run("export", input, Model, "--external-data", "--force").ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("out.pth", "has the extension '.pth'; ONNX models are written as .onnx. Weights are written by 'resnet convert'.")]
    [InlineData("out.onnx --opset 12", "--opset is 12; it must be 13 to 22.")]
    [InlineData("out.onnx --size 0x4", "--size is '0x4'; it must be one whole number or HEIGHTxWIDTH, each 1 or more.")]
    [InlineData("out.onnx --batch-size 0", "--batch-size is 0; it must be 1 or more.")]
    public void Wrong_usage_is_said(string arguments, string fault)
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), Preprocessing.Cifar10, null);
        using var process = new ResnetProcess(_folder.Root, ["export", input, .. arguments.Split(' ')]);

        var (code, output, errors) = process.Finish();

        code.Should().Be(2);
        output.Should().BeEmpty();
        errors.Should().Contain(fault);
        Directory.GetFiles(_folder.Root).Should().Equal(input);
    }

    [Fact]
    public void A_mean_at_each_pixel_asks_for_a_size()
    {
        var mean = new PixelMean(32, 32, new float[3 * 32 * 32]);
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), Preprocessing.PaperCifar10(mean), null);

        var refused = ResnetProcess.Run("export", input, Model, "--normalize");

        refused.ExitCode.Should().Be(2);
        refused.Errors.Should().Contain("Say it with --size 32x32.");
        ResnetProcess.Run("export", input, Model, "--normalize", "--size", "32x32").ExitCode.Should().Be(0);
    }

    [Fact]
    public void A_model_is_written_but_not_read()
    {
        string input = WeightsFiles.Save(_folder.PathTo("in.safetensors"), Preprocessing.Cifar10, null);
        ResnetProcess.Run("export", input, Model).ExitCode.Should().Be(0);

        foreach (string[] arguments in new[] { ["classify", "photo.png", "--weights", Model], ["summary", Model], new[] { "convert", Model, _folder.PathTo("back.pth") } })
        {
            var (code, _, errors) = ResnetProcess.Run(arguments);
            code.Should().Be(1, errors);
            errors.Should().Contain("this is an ONNX model; models are written as .onnx but not read.");
        }

        ResnetProcess.Run("summary", _folder.PathTo("missing.onnx")).Errors.Should().Contain("missing.onnx does not exist");
    }

    public void Dispose() => _folder.Dispose();

    private static void ShouldAnswer(InferenceSession session, string weights, float scale, bool softmax = false)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var model = ModelFile.Load(weights, out _);
        var images = torch.rand(2, 3, 32, 32);
        var logits = model.call(images);
        float[] expected = (softmax ? logits.softmax(1) : logits).data<float>().ToArray();
        using var input = OrtValue.CreateTensorValueFromMemory((images * scale).data<float>().ToArray(), images.shape);
        using var run = new RunOptions();
        using var outputs = session.Run(run, [session.InputNames[0]], [input], [session.OutputNames[0]]);
        float[] actual = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-3f * expected.Max(Math.Abs));
    }
}

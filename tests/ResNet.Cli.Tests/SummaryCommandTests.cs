using System.Text.Json;

namespace ResNet.Cli.Tests;

public sealed class SummaryCommandTests
{
    [Theory]
    [InlineData("resnet18", 11_689_512, 1_814_073_344, 18)]
    [InlineData("resnet50", 25_557_032, 4_089_184_256, 50)]
    public void Json_has_the_known_totals(string network, long parameters, long multiplyAdds, int depth)
    {
        var (code, output, errors) = ResnetProcess.Run("summary", network, "--json");

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        document.RootElement.GetProperty("parameters").GetInt64().Should().Be(parameters);
        document.RootElement.GetProperty("multiplyAdds").GetInt64().Should().Be(multiplyAdds);
        document.RootElement.GetProperty("depth").GetInt32().Should().Be(depth);
        document.RootElement.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("parameters").GetInt64()).Should().Be(parameters);
    }

    [Fact]
    public void Memory_and_receptive_fields_are_told()
    {
        var (code, output, errors) = ResnetProcess.Run("summary", "resnet50", "--json");

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        root.GetProperty("activationBytes").GetInt64().Should().Be(88_915_872);
        root.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty("activationBytes").GetInt64()).Should().Be(88_915_872);
        root.GetProperty("parameterBytes").GetInt64().Should().Be(4 * 25_557_032);
        root.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("receptiveField").GetInt32()).Should().Equal(11, 35, 91, 267, 427);
        ResnetProcess.Run("summary", "resnet18").Output.Should().Contain("outputs of the layers 19.87 MB for one picture").And.Contain("435");
    }

    [Fact]
    public void The_picture_need_not_be_square()
    {
        var (code, output, errors) = ResnetProcess.Run("summary", "resnet18", "--input-size", "64x96", "--json");

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        (document.RootElement.GetProperty("inputHeight").GetInt32(), document.RootElement.GetProperty("inputWidth").GetInt32()).Should().Be((64, 96));
        document.RootElement.GetProperty("layers")[0].GetProperty("output").EnumerateArray().Select(side => side.GetInt32()).Should().Equal(64, 32, 48);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("224x")]
    [InlineData("1x2x3")]
    [InlineData("-5")]
    public void A_size_that_is_none_is_refused(string size)
    {
        var (code, output, errors) = ResnetProcess.Run("summary", "resnet18", $"--input-size={size}");
        (code, output).Should().Be((2, string.Empty));
        errors.Should().Contain($"--input-size is '{size}'; it must be one whole number or HEIGHTxWIDTH, each 1 or more.");
    }

    [Fact]
    public void Options_change_the_network()
    {
        var (_, output, _) = ResnetProcess.Run("summary", "resnet34", "--shortcut", "C", "--json");

        using var document = JsonDocument.Parse(output);
        document.RootElement.GetProperty("parameters").GetInt64().Should().Be(22_716_840);
    }

    [Fact]
    public void A_file_that_says_its_network_needs_no_options()
    {
        var (code, output, errors) = ResnetProcess.Run("summary", Repository.PathTo("tests", "ResNet.Core.Tests", "Weights", "Data", "version1.safetensors"));

        code.Should().Be(0, errors);
        output.Should().Contain("layer3.0.conv2").And.Contain("depth 8");
    }

    [SkippableTheory]
    [InlineData("layouts.safetensors", "safetensors", null)]
    [InlineData("layouts-zip.pth", "PyTorch zip", null)]
    [InlineData("layouts-legacy.pth", "PyTorch legacy", null)]
    [InlineData("checkpoint-zip.pth", "PyTorch zip", "model")]
    public void A_file_that_says_no_network_shows_its_tensors(string file, string format, string? root)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);

        var (code, output, errors) = ResnetProcess.Run("summary", Oracle.PathTo("weights", file), "--json");

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        document.RootElement.GetProperty("format").GetString().Should().Be(format);
        document.RootElement.GetProperty("root").GetString().Should().Be(root);
        document.RootElement.GetProperty("tensors").GetArrayLength().Should().Be(13);
    }

    [SkippableFact]
    public void With_arch_a_checkpoint_is_held_against_the_network()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string file = Oracle.PathTo("weights", "resnet20-12fca82f.th");

        var fits = ResnetProcess.Run("summary", file, "--arch", "resnet20-cifar", "--json");
        var fitsNot = ResnetProcess.Run("summary", file, "--arch", "resnet32-cifar", "--json");

        fits.ExitCode.Should().Be(0, fits.Errors);
        fits.Errors.Should().Contain("not verified: ZeroPadding is After").And.Contain("module.conv1.weight is conv1.weight");
        using var document = JsonDocument.Parse(fits.Output);
        document.RootElement.GetProperty("depth").GetInt32().Should().Be(20);
        fitsNot.ExitCode.Should().Be(1);
        fitsNot.Errors.Should().Contain("does not fit the model: 0 different, 60 missing");
    }
}

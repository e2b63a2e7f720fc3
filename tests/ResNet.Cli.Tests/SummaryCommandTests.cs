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

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
}

using System.Text.Json;

namespace ResNet.Cli.Tests;

public sealed class DoctorCommandTests
{
    [Fact]
    public void The_verdict_is_the_last_line()
    {
        var (code, output, errors) = ResnetProcess.Run("doctor");

        code.Should().Be(0, errors);
        output.Should().Contain("libtorch").And.EndWith("All is well: networks can be built, trained and run here." + Environment.NewLine);
    }

    [Fact]
    public void Json_says_the_same()
    {
        var (code, output, _) = ResnetProcess.Run("doctor", "--json");

        code.Should().Be(0);
        using var document = JsonDocument.Parse(output);
        document.RootElement.GetProperty("ok").GetBoolean().Should().BeTrue();
        document.RootElement.GetProperty("problems").GetArrayLength().Should().Be(0);
    }
}

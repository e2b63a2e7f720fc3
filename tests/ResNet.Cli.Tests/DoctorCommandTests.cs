using System.Text.Json;

namespace ResNet.Cli.Tests;

[Collection(OwnEnvironment.Name)]
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

    [Theory]
    [InlineData("DOTNET_PROCESSOR_COUNT", "1", "threads", "1 of 1 logical cores")]
    [InlineData("RESNET_PIN_THREADS", "0", "threads are pinned", "no, as RESNET_PIN_THREADS says")]
    public void Threads_are_as_many_as_the_process_may_use_or_was_told(string variable, string value, string fact, string expected)
    {
        string? old = Environment.GetEnvironmentVariable(variable);
        string? threads = Environment.GetEnvironmentVariable("OMP_NUM_THREADS");
        try
        {
            Environment.SetEnvironmentVariable("OMP_NUM_THREADS", null);
            Environment.SetEnvironmentVariable(variable, value);

            var (code, output, errors) = ResnetProcess.Run("doctor", "--json");

            code.Should().Be(0, errors);
            using var document = JsonDocument.Parse(output);
            document.RootElement.GetProperty("facts").GetProperty(fact).GetString().Should().Match(expected);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, old);
            Environment.SetEnvironmentVariable("OMP_NUM_THREADS", threads);
        }
    }
}

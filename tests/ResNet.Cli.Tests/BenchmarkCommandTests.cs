using System.Text.Json;

namespace ResNet.Cli.Tests;

public sealed class BenchmarkCommandTests
{
    private static readonly string[] Short = ["benchmark", "resnet8-cifar", "--seconds", "0.2"];

    [Fact]
    public void Every_batch_is_measured_on_every_engine()
    {
        var (code, output, errors) = ResnetProcess.Run([.. Short, "--batch", "1,3", "--engine", "eager,compiled", "--threads", "1", "--json"]);

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        root.GetProperty("threads").GetInt32().Should().Be(1);
        root.GetProperty("inputHeight").GetInt32().Should().Be(32);
        root.GetProperty("processor").GetString().Should().NotBeNullOrEmpty();
        root.GetProperty("engines").EnumerateArray().Select(engine => engine.GetProperty("engine").GetString()).Should().Equal("eager", "compiled");
        var results = root.GetProperty("results").EnumerateArray().ToArray();
        results.Select(row => (row.GetProperty("batch").GetInt32(), row.GetProperty("engine").GetString()))
            .Should().Equal((1, "eager"), (1, "compiled"), (3, "eager"), (3, "compiled"));
        foreach (var row in results)
        {
            row.GetProperty("passes").GetInt32().Should().BeGreaterThanOrEqualTo(5);
            double median = row.GetProperty("medianMilliseconds").GetDouble();
            row.GetProperty("minimumMilliseconds").GetDouble().Should().BeInRange(0, median);
            row.GetProperty("p99Milliseconds").GetDouble().Should().BeGreaterThanOrEqualTo(median);
            row.GetProperty("gigaFlops").GetDouble().Should().BePositive();
        }
    }

    [Fact]
    public void The_table_says_what_ran_and_where()
    {
        var (code, output, errors) = ResnetProcess.Run([.. Short, "--batch", "2", "--input-size", "24x40", "--callers", "2"]);

        code.Should().Be(0, errors);
        output.Should().Contain("resnet8-cifar, pictures of 24x40").And.Contain("libtorch").And.Contain("eager: the network itself").And.Contain("compiled: ")
            .And.Contain("bf16: ").And.Contain("int8: ").And.Contain("int8 was calibrated on random pictures").And.Contain("p99 ms").And.Contain("2 callers at once");
    }

    [SkippableFact]
    public void Int8_is_measured_on_random_pictures()
    {
        var (code, output, errors) = ResnetProcess.Run([.. Short, "--batch", "2", "--engine", "compiled,int8", "--json"]);

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        var engines = document.RootElement.GetProperty("engines").EnumerateArray().ToArray();
        engines.Select(engine => engine.GetProperty("calibration").GetString()).Should().Equal(null, "random pictures");
        string report = engines[1].GetProperty("report").GetString()!;
        report.Should().Contain("int8", "it ran, or it says why not");
        Skip.IfNot(report.Contains("in int8", StringComparison.Ordinal), report);
        document.RootElement.GetProperty("results").EnumerateArray().Select(row => row.GetProperty("engine").GetString()).Should().Equal("compiled", "int8");
    }

    [Fact]
    public void A_file_of_weights_is_measured()
    {
        using var folder = new TemporaryFolder();
        string path = WeightsFiles.Save(folder.PathTo("weights.safetensors"), preprocessing: null, labels: null);

        var (code, output, errors) = ResnetProcess.Run("benchmark", path, "--batch", "1", "--engine", "eager", "--seconds", "0.1");

        code.Should().Be(0, errors);
        output.Should().Contain(path);
    }

    [Theory]
    [InlineData("--batch", "1,0", "--batch is '1,0'; give different numbers from 1 to 4096, such as 1,8,32.")]
    [InlineData("--batch", "4,4", "--batch is '4,4'; give different numbers from 1 to 4096, such as 1,8,32.")]
    [InlineData("--engine", "eager,fast", "--engine is 'eager,fast'; give some of eager, compiled, bf16 and int8, each once, with commas between.")]
    [InlineData("--seconds", "0", "--seconds is 0; it must be more than 0 and at most 3600.")]
    [InlineData("--callers", "300", "--callers is 300; it must be 1 to 256.")]
    [InlineData("--threads", "0", "--threads is 0; it must be 1 or more.")]
    public void Wrong_values_are_wrong_usage(string option, string value, string message)
    {
        var (code, output, errors) = ResnetProcess.Run("benchmark", "resnet8-cifar", option, value);

        code.Should().Be(2);
        output.Should().BeEmpty();
        errors.Should().Contain(message);
    }

    [SkippableFact]
    public void Ctrl_C_ends_it_with_130()
    {
        Signals.SkipUnlessHeard("INT");
        using var process = new ResnetProcess(Environment.CurrentDirectory, "benchmark", "resnet8-cifar", "--seconds", "3000", "--batch", "1");
        process.WaitForError("batch 1");

        process.Send("INT");

        var (code, output, errors) = process.Finish();
        code.Should().Be(130, errors);
        output.Should().BeEmpty();
        errors.Should().Contain("stopped");
    }
}

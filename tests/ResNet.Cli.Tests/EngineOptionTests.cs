using System.Text.Json;
using ResNet.Imaging;

namespace ResNet.Cli.Tests;

public sealed class EngineOptionTests : IDisposable
{
    private static readonly ClassLabels Labels = new(["circle", "square", "triangle"]);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Classify_says_what_runs()
    {
        string[] photos = Photos(2);

        Engine("classify", photos[0]).Should().Be("engine: the model itself", "compiling takes longer than a photo");
        Engine("classify", photos[0], "--engine", "compiled").Should().Contain("in float32");
        Engine(["classify", .. Enumerable.Repeat(photos[1], 16)]).Should().Contain("in float32");
        Engine(["classify", .. Enumerable.Repeat(photos[1], 16), "--engine", "eager"]).Should().Be("engine: the model itself");
    }

    [SkippableFact]
    public void Bfloat16_is_there_for_the_asking()
    {
        string engine = Engine("classify", Photos(1)[0], "--precision", "bf16");
        Skip.IfNot(engine.Contains("in bfloat16", StringComparison.Ordinal), engine);

        engine.Should().StartWith("engine: ");
    }

    [Fact]
    public void Evaluate_and_compare_say_what_ran()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("w.safetensors"), Preprocessing.Cifar10, Labels);
        Write();

        using var eager = Json("evaluate", "--weights", weights, "--data", _folder.PathTo("data"), "--engine", "eager", "--json");
        eager.RootElement.GetProperty("engine").GetProperty("name").GetString().Should().Be("Eager");
        using var compiled = Json("evaluate", "--weights", weights, "--data", _folder.PathTo("data"), "--json");
        compiled.RootElement.GetProperty("engine").GetProperty("precision").GetString().Should().Be("Float32");
        compiled.RootElement.GetProperty("top1Correct").GetInt32().Should().Be(eager.RootElement.GetProperty("top1Correct").GetInt32());
        using var both = Json("compare", weights, weights, "--data", _folder.PathTo("data"), "--engine", "eager", "--json");
        both.RootElement.GetProperty("a").GetProperty("engine").GetString().Should().Be("the model itself");
    }

    [Theory]
    [InlineData("--precision bf16 is of the compiled network; leave --engine eager out.", "--engine", "eager", "--precision", "bf16")]
    [InlineData("--engine compiled and --precision bf16 are for crops", "--crops", "full", "--engine", "compiled")]
    [InlineData("--engine compiled and --precision bf16 are for crops", "--scales", "40", "--precision", "bf16")]
    [InlineData("Argument 'fast' not recognized", "--engine", "fast")]
    public void What_cannot_be_meant_is_wrong_usage(string message, params string[] options)
    {
        var (code, output, errors) = ResnetProcess.Run(["evaluate", "--data", "nowhere", .. options]);

        code.Should().Be(2);
        output.Should().BeEmpty();
        errors.Should().Contain(message);
    }

    [Fact]
    public void A_network_that_cannot_be_compiled_is_an_error_where_that_is_demanded()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("nan.safetensors"), Preprocessing.Cifar10, Labels, diverged: true);

        var (code, output, errors) = ResnetProcess.Run("classify", Photos(1)[0], "--weights", weights, "--engine", "compiled");

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().Contain("The network cannot be compiled: some of its parameters are no numbers").And.Contain("use --engine auto").And.NotContain("   at ");
    }

    public void Dispose() => _folder.Dispose();

    private static string Engine(params string[] args)
    {
        var (code, _, errors) = ResnetProcess.Run(args);
        code.Should().Be(0, errors);
        return errors.Split('\n').Single(line => line.StartsWith("engine: ", StringComparison.Ordinal)).TrimEnd();
    }

    private static JsonDocument Json(params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(args);
        code.Should().Be(0, errors);
        return JsonDocument.Parse(output);
    }

    private string[] Photos(int count)
    {
        Write();
        return [.. Directory.EnumerateFiles(_folder.PathTo("data"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(count)];
    }

    private void Write()
    {
        var random = new Random(1);
        byte[] pixels = new byte[3 * 32 * 32];
        for (int i = 0; i < 12; i++)
        {
            random.NextBytes(pixels);
            string folder = Directory.CreateDirectory(_folder.PathTo("data", Labels[i % Labels.Count])).FullName;
            ImageEncoder.SavePng(new RgbImage(32, 32, pixels), Path.Combine(folder, $"{i}.png"));
        }
    }
}

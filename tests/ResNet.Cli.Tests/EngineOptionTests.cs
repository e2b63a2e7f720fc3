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

    [SkippableFact]
    public void Int8_is_calibrated_on_a_folder()
    {
        string photo = Photos(1)[0];
        string engine = Engine("classify", photo, "--precision", "int8", "--calibration", _folder.PathTo("data"));
        engine.Should().Contain("int8", "it ran, or it says why not");
        Skip.IfNot(engine.Contains("in int8", StringComparison.Ordinal), engine);

        engine.Should().StartWith("engine: fused engine in int8, within ");
        string weights = WeightsFiles.Save(_folder.PathTo("w.safetensors"), Preprocessing.Cifar10, Labels);
        string[] options = ["--data", _folder.PathTo("data"), "--precision", "int8", "--calibration", _folder.PathTo("data"), "--json"];
        using var evaluated = Json(["evaluate", "--weights", weights, .. options]);
        evaluated.RootElement.GetProperty("engine").GetProperty("precision").GetString().Should().Be("Int8");
        using var compared = Json(["compare", weights, weights, .. options]);
        compared.RootElement.GetProperty("b").GetProperty("engine").GetString().Should().Contain("in int8, within ");
    }

    [SkippableFact]
    public void Int8_recognises_real_pictures_as_float32_does()
    {
        string? pictures = RealPictures.Cifar10();
        Skip.If(pictures is null, RealPictures.WhySkipped);
        foreach (string name in Directory.GetDirectories(Path.Combine(pictures!, "test")).Select(folder => Path.GetFileName(folder)!))
        {
            string folder = Directory.CreateDirectory(_folder.PathTo("test", name)).FullName;
            foreach (string file in Directory.GetFiles(Path.Combine(pictures!, "test", name)).Order(StringComparer.Ordinal).Take(30))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }

        using var exact = Json("evaluate", "--data", _folder.PathTo("test"), "--json");
        using var bytes = Json("evaluate", "--data", _folder.PathTo("test"), "--precision", "int8", "--calibration", Path.Combine(pictures!, "train"), "--json");
        var engine = bytes.RootElement.GetProperty("engine");
        Skip.If(engine.GetProperty("precision").GetString() != "Int8", engine.ToString());

        int expected = exact.RootElement.GetProperty("top1Correct").GetInt32();
        expected.Should().BeGreaterThan(240);
        bytes.RootElement.GetProperty("top1Correct").GetInt32().Should().BeInRange(expected - 4, expected + 4);
    }

    [Fact]
    public void Every_precision_is_checked_on_the_folder_of_the_calibration()
    {
        string photo = Photos(1)[0];
        for (int i = 0; i < 2; i++)
        {
            Engine("classify", photo, "--calibration", _folder.PathTo("data")).Should().Match("engine: * in float32, within * of the model", "a check that is remembered was of other pictures");
        }
    }

    [Fact]
    public void A_folder_without_readable_pictures_is_an_error()
    {
        string photo = Photos(1)[0];
        Directory.CreateDirectory(_folder.PathTo("none"));
        File.WriteAllText(_folder.PathTo("none", "a.jpg"), "no picture");

        var (code, output, errors) = ResnetProcess.Run("classify", photo, "--precision", "int8", "--calibration", _folder.PathTo("none"));

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().Contain($"--calibration is '{_folder.PathTo("none")}', where none of the picture files (1) can be read; the first one: ").And.NotContain("EngineOptions").And.NotContain("   at ");
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
    [InlineData("--engine compiled, --precision bf16 or int8, and --calibration are for crops", "--crops", "full", "--engine", "compiled")]
    [InlineData("--engine compiled, --precision bf16 or int8, and --calibration are for crops", "--scales", "40", "--precision", "bf16")]
    [InlineData("--engine compiled, --precision bf16 or int8, and --calibration are for crops", "--scales", "40", "--calibration", ".")]
    [InlineData("--precision int8 learns from photos how large numbers get; name a folder of some hundred with --calibration.", "--precision", "int8")]
    [InlineData("--precision int8 is of the compiled network; leave --engine eager out.", "--engine", "eager", "--precision", "int8", "--calibration", ".")]
    [InlineData("--calibration is of the compiled network; leave --engine eager out.", "--engine", "eager", "--calibration", ".")]
    [InlineData("--calibration is 'nowhere', which is no folder; name a folder of some hundred photos like those to be classified.", "--calibration", "nowhere")]
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

using System.Text.Json;

namespace ResNet.Cli.Tests;

/// <summary>The networks of others on real pictures: as many right answers as the original program gives.</summary>
public sealed class RealWeightsTests : IDisposable
{
    private static readonly string[] AsTrained = ["--arch", "resnet20-cifar", "--zero-padding", "both", "--normalization", "imagenet"];
    private readonly TemporaryFolder _folder = new();

    [SkippableTheory]
    [InlineData("resnet20-12fca82f.th", "resnet20-cifar", 8103)]
    [InlineData("resnet32-d509ac18.th", "resnet32-cifar", 8256)]
    public void A_checkpoint_of_akamaster_answers_as_in_PyTorch(string file, string architecture, int right)
    {
        string data = Pictures();

        var report = Evaluate(Oracle.PathTo("weights", file), data, "--arch", architecture, "--zero-padding", "both", "--normalization", "imagenet");

        report.Images.Should().Be(10_000);
        report.Right.Should().BeInRange(right - 15, right + 15);
    }

    [SkippableFact]
    public void A_photo_is_seen_whole_by_every_command_as_in_PyTorch()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string photo = Oracle.PathTo("cases", "cifar-keyhole", "car.jpg"), weights = Oracle.PathTo("weights", "resnet20-12fca82f.th");
        string converted = _folder.PathTo("resnet20.safetensors"), explained = _folder.PathTo("explained");

        var classified = Output(["classify", photo, "--weights", weights, .. AsTrained, "--top", "1"]);
        Run(["convert", weights, converted, .. AsTrained]);

        classified.Should().Contain("class 1").And.Contain("100.0");
        Output(["classify", photo, "--weights", converted, "--top", "1"]).Should().Be(classified);
        Output(["explain", photo, "--weights", weights, .. AsTrained, "--output", explained]).Should().Contain("100.0 %  class 1");
    }

    [SkippableFact]
    public void Every_format_and_every_batch_size_answers_alike()
    {
        string pictures = FirstOfEachClass(Pictures(), 50);
        string legacy = Oracle.PathTo("weights", "resnet20-12fca82f.th");
        string safe = _folder.PathTo("resnet20.safetensors"), back = _folder.PathTo("resnet20.pth");

        var expected = Evaluate(legacy, pictures, [.. AsTrained, "--batch-size", "250"]);
        Run(["convert", legacy, safe, .. AsTrained]);
        Run("convert", safe, back);

        expected.Right.Should().BeInRange(350, 450);
        Evaluate(Oracle.PathTo("weights", "resnet20-zip.pth"), pictures, [.. AsTrained, "--batch-size", "250"]).Should().Be(expected);
        Evaluate(safe, pictures, "--batch-size", "250").Should().Be(expected, "a converted file says itself what the command line said");
        Evaluate(back, pictures, "--batch-size", "250").Should().Be(expected);
        var (images, right, loss) = Evaluate(back, pictures, "--batch-size", "1");
        (images, right).Should().Be((expected.Images, expected.Right));
        loss.Should().BeApproximately(expected.Loss, 1e-5);
    }

    public void Dispose() => _folder.Dispose();

    private static string Pictures()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string? folder = RealPictures.Cifar10();
        Skip.If(folder is null, RealPictures.WhySkipped);
        return folder!;
    }

    private static (int Images, int Right, double Loss) Evaluate(string weights, string data, params string[] options)
    {
        var report = Run(["evaluate", "--weights", weights, "--data", data, "--json", .. options]);
        return (report.GetProperty("images").GetInt32(), report.GetProperty("top1Correct").GetInt32(), report.GetProperty("loss").GetDouble());
    }

    private static JsonElement Run(params string[] args)
    {
        string output = Output(args);
        return args.Contains("--json") ? JsonDocument.Parse(output).RootElement : default;
    }

    private static string Output(params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(args);
        code.Should().Be(0, errors);
        return output;
    }

    private string FirstOfEachClass(string data, int count)
    {
        foreach (string source in Directory.EnumerateDirectories(Path.Combine(data, "test")))
        {
            string target = Directory.CreateDirectory(_folder.PathTo("pictures", "test", Path.GetFileName(source))).FullName;
            foreach (string picture in Directory.EnumerateFiles(source).Order(StringComparer.Ordinal).Take(count))
            {
                File.Copy(picture, Path.Combine(target, Path.GetFileName(picture)));
            }
        }

        return _folder.PathTo("pictures");
    }
}

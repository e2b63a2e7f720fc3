using System.Diagnostics;
using System.Text.Json;
using ResNet.Imaging;

namespace ResNet.Cli.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    private static readonly ClassLabels Labels = new(["wolf", "ant", "fox"]);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Folders_are_matched_to_the_classes_by_name_and_agree_with_classify()
    {
        // In the file the classes stand in another order than folders are listed in.
        string weights = WeightsFiles.Save(_folder.PathTo("best.safetensors"), Preprocessing.Cifar10, Labels);
        string[] photos = SavePictures("Test", 3, 11, 6);

        var report = Json("evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"), "--json");
        int right = Json(["classify", .. photos, "--weights", weights, "--json", "--top", "1"]).EnumerateArray().Count(IsRight);

        report.GetProperty("images").GetInt32().Should().Be(20);
        report.GetProperty("top1Correct").GetInt32().Should().Be(right);
        report.GetProperty("loss").GetDouble().Should().BePositive();
        report.GetProperty("top5Correct").ValueKind.Should().Be(JsonValueKind.Null);
        report.GetProperty("top5Error").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public void A_network_that_diverged_has_no_loss_in_json()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("nan.safetensors"), Preprocessing.Cifar10, Labels, diverged: true);
        string[] photos = SavePictures("test", 1, 1, 1);

        Json("evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"), "--json").GetProperty("loss").ValueKind.Should().Be(JsonValueKind.Null);
        Json("classify", photos[0], "--weights", weights, "--json")[0].GetProperty("predictions")[0].GetProperty("probability").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [SkippableFact]
    public void A_signal_ends_an_evaluation_with_130_and_no_result()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals to send.");
        var large = Preprocessing.Cifar10 with { ResizeShorterSide = 1024, CropSize = 1024 };
        string weights = WeightsFiles.Save(_folder.PathTo("slow.safetensors"), large, Labels);
        SavePictures("test", 100, 100, 100);
        using var process = new ResnetProcess(_folder.Root, "evaluate", "--weights", weights, "--data", "pictures", "--batch-size", "1", "--workers", "1", "--json");
        process.WaitForError("of 300 pictures");

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        var (code, output, errors) = process.Finish();
        code.Should().Be(130, errors);
        output.Should().BeEmpty();
        errors.Should().NotContain("   at ");
    }

    public void Dispose() => _folder.Dispose();

    private static JsonElement Json(params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(args);
        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private static bool IsRight(JsonElement photo) =>
        photo.GetProperty("predictions")[0].GetProperty("label").GetString() == Path.GetFileName(Path.GetDirectoryName(photo.GetProperty("file").GetString()));

    private string[] SavePictures(string part, params int[] counts)
    {
        var random = new Random(1);
        foreach (var (label, count) in Labels.Zip(counts))
        {
            string folder = Directory.CreateDirectory(_folder.PathTo("pictures", part, label)).FullName;
            for (int i = 0; i < count; i++)
            {
                byte[] pixels = new byte[32 * 32 * 3];
                random.NextBytes(pixels.AsSpan(0, random.Next(pixels.Length)));
                ImageEncoder.SavePng(new RgbImage(32, 32, pixels), Path.Combine(folder, $"{i}.png"));
            }
        }

        return Directory.GetFiles(_folder.PathTo("pictures", part), "*.png", SearchOption.AllDirectories);
    }
}

using System.Text.Json;
using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Cli.Tests;

/// <summary>A folder that <c>train</c> has split itself: who tests on all of it, tests on what the network was trained on.</summary>
public sealed class SeenImagesTests(SeenImagesTests.CoinRun coins) : IClassFixture<SeenImagesTests.CoinRun>
{
    [Fact]
    public void The_command_that_train_proposes_gives_its_test_error()
    {
        using var trained = JsonDocument.Parse(coins.Result.Output);
        string proposed = coins.Result.Errors.Split('\n').Single(line => line.Contains("-- evaluate ", StringComparison.Ordinal)).Split("-- ", 2)[1].Trim();

        var report = Json([.. proposed.Split(' '), "--json"]);

        report.GetProperty("images").GetInt32().Should().Be(8);
        report.GetProperty("top1Error").GetDouble().Should().Be(trained.RootElement.GetProperty("testTop1Error").GetDouble());
        ShouldSay(report, trained: 64, selected: 8, leftOut: true);
    }

    [Fact]
    public void People_read_that_images_were_left_out_and_how_to_take_them()
    {
        var (code, output, errors) = ResnetProcess.Run("evaluate", "--weights", coins.Weights, "--data", coins.Data);

        code.Should().Be(0, errors);
        errors.Should().Contain("seen in training: 72 of 80 images (64 trained on, 8 selected by); they are left out, --include-seen takes them too");
        output.Should().MatchRegex("images: +8; 72 more were seen in training and are left out");
    }

    [Fact]
    public void All_are_tested_where_that_is_asked_for_and_the_result_and_the_page_say_so()
    {
        string page = coins.PathTo("report");
        var (code, output, errors) = ResnetProcess.Run("evaluate", "--weights", coins.Weights, "--data", coins.Data, "--include-seen", "--report", page);

        code.Should().Be(0, errors);
        output.Should().MatchRegex("images: +80; 72 of them WERE SEEN IN TRAINING");
        File.ReadAllText(Path.Combine(page, "report.html")).Should().Contain(
            "Of the 80 images found there the network was trained on 64, and its best weights were selected by 8, and they are among those tested on");
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(page, "report.json")));
        ShouldSay(document.RootElement, trained: 64, selected: 8, leftOut: false);
    }

    [Fact]
    public void Moved_and_renamed_images_are_known_again_and_new_ones_are_tested()
    {
        string moved = coins.PathTo("moved");
        foreach (string file in Directory.EnumerateFiles(coins.Data, "*.png", SearchOption.AllDirectories))
        {
            string target = Path.Combine(moved, Path.GetFileName(Path.GetDirectoryName(file))!, $"x{Path.GetFileName(file)}");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        CoinRun.Write(moved, 100, 5);

        Json("evaluate", "--weights", coins.Weights, "--data", moved, "--json").GetProperty("images").GetInt32().Should().Be(18);
    }

    [Fact]
    public void Where_nothing_else_remains_all_are_tested_with_a_warning()
    {
        string seen = coins.PathTo("seen");
        foreach (string line in File.ReadLines(coins.PathTo("run", "data-split.csv")).Where(line => line.StartsWith("train,", StringComparison.Ordinal)))
        {
            string path = line.Split(',')[2];
            Directory.CreateDirectory(Path.Combine(seen, Path.GetDirectoryName(path)!));
            File.Copy(Path.Combine(coins.Data, path), Path.Combine(seen, path));
        }

        var (code, output, errors) = ResnetProcess.Run("evaluate", "--weights", coins.Weights, "--data", seen, "--json");

        code.Should().Be(0, errors);
        errors.Should().Contain("WARNING: seen in training: 64 of 64 images");
        using var report = JsonDocument.Parse(output);
        ShouldSay(report.RootElement, trained: 64, selected: 0, leftOut: false);
    }

    [Fact]
    public void Compare_and_responses_leave_them_out_too()
    {
        var comparison = Json("compare", coins.Weights, coins.PathTo("run", "last.safetensors"), "--data", coins.Data, "--json");
        comparison.GetProperty("images").GetInt32().Should().Be(8);
        ShouldSay(comparison, trained: 64, selected: 8, leftOut: true);

        var responses = Json("responses", coins.Weights, "--data", coins.Data, "--output", coins.PathTo("responses"), "--json");
        responses.GetProperty("pictures").GetInt32().Should().Be(8);
        ShouldSay(responses, trained: 64, selected: 8, leftOut: true);
    }

    [Fact]
    public void Converted_weights_keep_the_fingerprint_unless_told_otherwise()
    {
        string kept = coins.PathTo("kept.pth"), without = coins.PathTo("without.safetensors");

        ResnetProcess.Run("convert", coins.Weights, kept).ExitCode.Should().Be(0);
        ResnetProcess.Run("convert", coins.Weights, without, "--no-fingerprint").ExitCode.Should().Be(0);

        ModelFile.ReadDescription(kept).Fingerprint.Should().Be(ModelFile.ReadDescription(coins.Weights).Fingerprint).And.NotBeNull();
        ModelFile.ReadDescription(without).Fingerprint.Should().BeNull();
    }

    [Fact]
    public void Train_without_a_fingerprint_leaves_none_in_the_weights()
    {
        string run = coins.PathTo("private");

        var (code, _, errors) = ResnetProcess.Run(
            "train", "--data", coins.Data, "--arch", "resnet8-cifar", "--precision", "fp32", "--iterations", "1", "--batch-size", "16", "--no-fingerprint", "--output", run);

        code.Should().Be(0, errors);
        ModelFile.ReadDescription(Path.Combine(run, "best.safetensors")).Fingerprint.Should().BeNull();
        Json("evaluate", "--weights", Path.Combine(run, "best.safetensors"), "--data", coins.Data, "--json").GetProperty("images").GetInt32().Should().Be(8);
    }

    private static void ShouldSay(JsonElement document, int trained, int selected, bool leftOut)
    {
        var seen = document.GetProperty("seenImages");
        (seen.GetProperty("trained").GetInt32(), seen.GetProperty("selected").GetInt32(), seen.GetProperty("unknown").GetInt32(), seen.GetProperty("leftOut").GetBoolean())
            .Should().Be((trained, selected, 0, leftOut));
    }

    private static JsonElement Json(params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(args);
        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    /// <summary>Noise, labelled by the toss of a coin, and a short run on it.</summary>
    public sealed class CoinRun : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public CoinRun()
        {
            Write(Data, 0, 40);
            Result = ResnetProcess.Run(
                "train", "--data", Data, "--arch", "resnet8-cifar", "--precision", "fp32", "--batch-size", "16", "--epochs", "6", "--output", PathTo("run"), "--json");
        }

        public string Data => PathTo("coins");

        public string Weights => PathTo("run", "best.safetensors");

        public (int ExitCode, string Output, string Errors) Result { get; }

        public static void Write(string root, int seed, int count)
        {
            var random = new Random(seed);
            foreach (string side in new[] { "heads", "tails" })
            {
                Directory.CreateDirectory(Path.Combine(root, side));
                for (int i = 0; i < count; i++)
                {
                    byte[] pixels = new byte[3 * 32 * 32];
                    random.NextBytes(pixels);
                    ImageEncoder.SavePng(new RgbImage(32, 32, pixels), Path.Combine(root, side, $"{i:D2}.png"));
                }
            }
        }

        public string PathTo(params string[] parts) => _folder.PathTo(parts);

        public void Dispose() => _folder.Dispose();
    }
}

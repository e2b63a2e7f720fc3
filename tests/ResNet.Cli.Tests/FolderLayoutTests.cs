using System.Text.Json;
using ResNet.Imaging;

namespace ResNet.Cli.Tests;

/// <summary>What <c>train</c> takes of a folder, and what it says about the rest.</summary>
public sealed class FolderLayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_inside_the_folder_of_its_images_goes_on_and_trains_again_on_the_same_classes()
    {
        Write("cats", 10);
        Write("dogs", 10);
        Succeed("train", "--data", ".", "--arch", "resnet8-cifar", "--precision", "fp32", "--iterations", "2", "--batch-size", "8");
        Succeed("explain", Path.Combine("cats", "00.png"), "--weights", Path.Combine(Run(), "best.safetensors"));

        Talk("train", "--resume", Run()).Should().Contain("2 classes,");
        string again = Talk("train", "--data", ".", "--arch", "resnet8-cifar", "--precision", "fp32", "--iterations", "1", "--batch-size", "8", "--output", "again");

        again.Should().Contain("2 classes,");
        foreach (string output in new[] { "explained", "runs" })
        {
            string line = $"left out: {_folder.PathTo(output)}: a folder that this program wrote is not taken for a class";
            again.Should().Contain(line);
            again.IndexOf(line, StringComparison.Ordinal).Should().BeLessThan(again.IndexOf("epoch 1", StringComparison.Ordinal), "it is said before the first iteration");
        }
    }

    [Theory]
    [InlineData("val", null)]
    [InlineData("valid", null)]
    [InlineData("dev", "dev")]
    public void The_folder_beside_train_and_test_chooses_the_best_weights(string name, string? option)
    {
        foreach (var (part, count) in new[] { ("train", 16), ("test", 3), (name, 4) })
        {
            Write(Path.Combine(part, "cats"), count);
            Write(Path.Combine(part, "dogs"), count);
        }

        string[] given = option is null ? [] : ["--validation-folder", option];
        string said = Talk(
            ["train", "--data", _folder.Root, "--arch", "resnet8-cifar", "--precision", "fp32", "--iterations", "1", "--batch-size", "8", "--output", _folder.PathTo("out", "run"), .. given]);

        said.Should().Contain("32 pictures to train on, 8 to validate, 6 to test");
        File.ReadLines(_folder.PathTo("out", "run", "data-split.csv")).Where(line => line.StartsWith("validation,", StringComparison.Ordinal)).Should()
            .HaveCount(8).And.OnlyContain(line => line.Contains($",{name}/", StringComparison.Ordinal));
        Talk("train", "--resume", _folder.PathTo("out", "run")).Should().Contain("8 to validate");
        using var data = JsonDocument.Parse(Succeed(["data", _folder.Root, "--quick", "--json", .. given]).Output);
        data.RootElement.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("name").GetString()).Should().Equal("train", name, "test");
    }

    [Fact]
    public void A_run_that_was_begun_when_val_was_not_looked_at_goes_on_without_it()
    {
        foreach (string part in new[] { "train", "test", "val" })
        {
            Write(Path.Combine(part, "cats"), 10);
            Write(Path.Combine(part, "dogs"), 10);
        }

        // Such a run knows nothing of the folder, as one that was begun before it was there.
        string run = _folder.PathTo("out", "run");
        Directory.Move(_folder.PathTo("val"), _folder.PathTo("later"));
        Succeed("train", "--data", _folder.Root, "--arch", "resnet8-cifar", "--precision", "fp32", "--iterations", "1", "--batch-size", "8", "--output", run);
        Directory.Move(_folder.PathTo("later"), _folder.PathTo("val"));
        string command = Path.Combine(run, "command.json");
        File.WriteAllText(command, string.Join('\n', File.ReadLines(command).Where(line => !line.Contains("Folder\"", StringComparison.Ordinal))));

        Talk("train", "--resume", run).Should().Contain("18 pictures to train on, 2 to validate, 20 to test").And.Contain($"left out: {_folder.PathTo("val")}: only train and test are read here");
    }

    [Fact]
    public void A_share_to_hold_out_and_a_folder_that_chooses_exclude_each_other()
    {
        foreach (string part in new[] { "train", "test", "val" })
        {
            Write(Path.Combine(part, "cats"), 2);
        }

        var (code, _, errors) = ResnetProcess.Run("train", "--data", _folder.Root, "--validation-split", "0.2");

        code.Should().Be(2);
        errors.Should().Contain("--validation-split holds out training pictures, but here those in 'val' choose the best weights.");
    }

    [Fact]
    public void A_class_of_which_no_image_can_be_read_is_an_error_that_names_it()
    {
        Write("cats", 4);
        Directory.CreateDirectory(_folder.PathTo("dogs"));
        for (int i = 0; i < 4; i++)
        {
            File.WriteAllText(_folder.PathTo("dogs", $"{i}.jpg"), "no image");
        }

        var (code, _, errors) = ResnetProcess.Run("train", "--data", _folder.Root, "--arch", "resnet8-cifar", "--output", _folder.PathTo("out", "run"));

        code.Should().Be(1);
        errors.Should().Contain("No picture can be read of 1 class: dogs (").And.NotContain("iteration 1");
    }

    [Fact]
    public void The_proposed_command_works_where_there_is_train_alone()
    {
        Write(Path.Combine("train", "cats"), 20, side: 20);
        Write(Path.Combine("train", "dogs"), 20, side: 20);
        var (_, output, errors) = Succeed(
            "train", "--data", _folder.Root, "--arch", "resnet8-cifar", "--precision", "fp32", "--iterations", "2", "--batch-size", "8", "--output", _folder.PathTo("out", "run"), "--json");
        string proposed = errors.Split('\n').Single(line => line.Contains("-- evaluate ", StringComparison.Ordinal)).Split("-- ", 2)[1].Trim();

        using var report = JsonDocument.Parse(Succeed([.. proposed.Split(' '), "--json"]).Output);
        using var trained = JsonDocument.Parse(output);

        report.RootElement.GetProperty("images").GetInt32().Should().Be(4);
        report.RootElement.GetProperty("top1Error").GetDouble().Should().Be(trained.RootElement.GetProperty("testTop1Error").GetDouble());
        proposed.Should().EndWith(" --enlarge", "the images are smaller than what the network sees");
    }

    private string Run() => Directory.GetDirectories(_folder.PathTo("runs")).Single();

    /// <summary>What people read: without --json that is stdout.</summary>
    private string Talk(params string[] args) => Succeed(args).Output;

    private (int ExitCode, string Output, string Errors) Succeed(params string[] args)
    {
        using var process = new ResnetProcess(_folder.Root, args);
        var result = process.Finish();
        result.ExitCode.Should().Be(0, result.Errors);
        return result;
    }

    private void Write(string folder, int count, int side = 32)
    {
        Directory.CreateDirectory(_folder.PathTo(folder));
        var random = new Random(folder.Aggregate(7, (seed, letter) => (seed * 31) + letter));
        for (int i = 0; i < count; i++)
        {
            byte[] pixels = new byte[3 * side * side];
            random.NextBytes(pixels);
            ImageEncoder.SavePng(new RgbImage(side, side, pixels), _folder.PathTo(folder, $"{i:D2}.png"));
        }
    }
}

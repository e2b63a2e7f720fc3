using System.Text.Json;

namespace ResNet.Cli.Tests;

public sealed class MainJobTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    [Fact]
    public void Training_reports_as_json_and_names_the_picture_it_left_out()
    {
        run.Result.ExitCode.Should().Be(0, run.Result.Errors);
        run.Json().GetProperty("iterations").GetInt32().Should().Be(30);
        run.Json().GetProperty("output").GetString().Should().Be(run.PathTo("run"));
        run.Result.Errors.Should().Contain("broken.png").And.Contain("next:");
        File.Exists(run.Weights).Should().BeTrue();
    }

    [Fact]
    public void Evaluation_needs_only_the_file_and_agrees_with_training_and_batch_size()
    {
        var one = Evaluate("--batch-size", "1");
        var many = Evaluate("--batch-size", "50");

        one.GetProperty("images").GetInt32().Should().Be(60);
        one.GetProperty("top1Correct").GetInt32().Should().Be(many.GetProperty("top1Correct").GetInt32());
        one.GetProperty("top1Error").GetDouble().Should().Be(run.Json().GetProperty("testTop1Error").GetDouble());
        one.GetProperty("top5Correct").GetInt32().Should().BeGreaterThan(one.GetProperty("top1Correct").GetInt32());
    }

    [Fact]
    public void Classification_gives_the_answers_of_evaluation()
    {
        string[] photos = Directory.GetFiles(run.PathTo("pictures", "test"), "*.png", SearchOption.AllDirectories);

        var (code, output, errors) = ResnetProcess.Run(["classify", .. photos, "--weights", run.Weights, "--top", "1", "--json"]);

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        int right = document.RootElement.EnumerateArray().Count(photo =>
            photo.GetProperty("predictions")[0].GetProperty("label").GetString() == Path.GetFileName(Path.GetDirectoryName(photo.GetProperty("file").GetString())));
        right.Should().Be(Evaluate().GetProperty("top1Correct").GetInt32());
    }

    [Fact]
    public void A_broken_photo_does_not_keep_the_others_from_being_classified()
    {
        string good = Directory.GetFiles(run.PathTo("pictures", "test", "star"))[0];
        string broken = run.PathTo("pictures", "train", "arrow", "broken.png");

        var (code, output, errors) = ResnetProcess.Run("classify", broken, good, "--weights", run.Weights, "--json");

        code.Should().Be(1);
        errors.Should().Contain(broken);
        using var document = JsonDocument.Parse(output);
        document.RootElement.EnumerateArray().Single().GetProperty("file").GetString().Should().Be(good);
    }

    [Fact]
    public void Pictures_of_classes_that_the_network_does_not_know_are_refused()
    {
        string folder = Directory.CreateDirectory(run.PathTo("others", "zebra")).FullName;
        File.Copy(Directory.GetFiles(run.PathTo("pictures", "test", "star"))[0], Path.Combine(folder, "1.png"), overwrite: true);

        var (code, _, errors) = ResnetProcess.Run("evaluate", "--weights", run.Weights, "--data", run.PathTo("others"));

        code.Should().Be(1);
        errors.Should().Contain("has classes that the network does not know: zebra. It knows arrow, bars, crescent, cross, diamond and 7 more.");
    }

    [Theory]
    [InlineData("evaluate", "--weights", "nowhere.safetensors", "--data", ".")]
    [InlineData("train", "--data", "nowhere")]
    public void What_is_not_there_is_named(params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(args);

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().Contain("nowhere").And.NotContain("   at ");
    }

    [Fact]
    public void Options_that_contradict_the_file_are_refused()
    {
        var (code, _, errors) = ResnetProcess.Run("evaluate", "--weights", run.Weights, "--data", run.PathTo("pictures"), "--arch", "resnet20-cifar");

        code.Should().Be(2);
        errors.Should().Contain("Leave --arch and its companions out.");
    }

    private JsonElement Evaluate(params string[] more)
    {
        var (code, output, errors) = ResnetProcess.Run(["evaluate", "--weights", run.Weights, "--data", run.PathTo("pictures"), "--json", .. more]);
        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}

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
        Signals.SkipUnlessHeard("INT");
        var large = Preprocessing.Cifar10 with { ResizeShorterSide = 1024, CropSize = 1024 };
        string weights = WeightsFiles.Save(_folder.PathTo("slow.safetensors"), large, Labels);
        SavePictures("test", 100, 100, 100);
        using var process = new ResnetProcess(_folder.Root, "evaluate", "--weights", weights, "--data", "pictures", "--batch-size", "1", "--workers", "1", "--json");
        process.WaitForError("of 300 pictures");

        process.Send("INT");

        var (code, output, errors) = process.Finish();
        code.Should().Be(130, errors);
        output.Should().BeEmpty();
        errors.Should().NotContain("   at ");
    }

    [Fact]
    public void Json_and_the_files_of_a_report_say_the_same()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("best.safetensors"), Preprocessing.Cifar10, Labels);
        SavePictures("test", 4, 5, 6);
        string folder = _folder.PathTo("new", "report");

        var printed = Json("evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"), "--json", "--report", folder);

        using var written = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "report.json")));
        JsonElement.DeepEquals(printed, written.RootElement).Should().BeTrue("the numbers on stdout are those of the file, to the last digit");
        printed.GetProperty("weights").GetString().Should().Be(weights);
        printed.GetProperty("classes").GetArrayLength().Should().Be(3);
        printed.GetProperty("top1Interval").GetProperty("low").GetDouble().Should().BeLessThan(printed.GetProperty("top1Error").GetDouble());
        File.ReadAllText(Path.Combine(folder, "report.html")).Should().Contain($"<data data-name=\"loss\" value=\"{printed.GetProperty("loss").GetRawText()}\">");
    }

    [Fact]
    public void People_read_errors_with_their_intervals()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("best.safetensors"), Preprocessing.Cifar10, Labels);
        SavePictures("test", 10, 10, 20);

        var (code, output, errors) = ResnetProcess.Run("evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"));

        code.Should().Be(0, errors);
        output.Should().MatchRegex(@"top-1 error: \d+\.\d\d % \(\d+ right; 95 % interval \d+\.\d\d to \d+\.\d\d %\)");
        output.Should().MatchRegex(@"images: +40\r?\n").And.NotContain("top-5");
    }

    [Fact]
    public void Without_weights_the_built_in_network_is_tested()
    {
        foreach (var (name, count) in new[] { ("cat", 2), ("ship", 3) })
        {
            SavePictures(_folder.PathTo("few", name), count);
        }

        var (code, output, errors) = ResnetProcess.Run("evaluate", "--data", _folder.PathTo("few"), "--json");

        code.Should().Be(0, errors);
        errors.Should().Contain("the built-in ResNet-20").And.Contain("note: 8 of the network's 10 classes have no pictures in").And.Contain("(airplane, automobile, bird, deer, dog and 3 more)");
        errors.Should().NotContain("left out", "what is one note need not be eight lines");
        using var document = JsonDocument.Parse(output);
        document.RootElement.GetProperty("images").GetInt32().Should().Be(5);
        document.RootElement.GetProperty("classes").GetArrayLength().Should().Be(10);
    }

    [Fact]
    public void An_empty_class_folder_is_as_one_that_is_not_there()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("best.safetensors"), Preprocessing.Cifar10, Labels);
        SavePictures("test", 2, 0, 2);

        var (code, output, errors) = ResnetProcess.Run("evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"), "--json");

        code.Should().Be(0, errors);
        errors.Should().Contain("note: 1 of the network's 3 classes have no pictures in").And.Contain("(ant)");
        using var report = JsonDocument.Parse(output);
        report.RootElement.GetProperty("images").GetInt32().Should().Be(4);
    }

    [Fact]
    public void Pictures_smaller_than_the_crop_are_refused_before_the_work_unless_they_shall_be_enlarged()
    {
        var large = Preprocessing.Cifar10 with { ResizeShorterSide = null, CropSize = 48 };
        string weights = WeightsFiles.Save(_folder.PathTo("best.safetensors"), large, Labels);
        SavePictures("test", 2, 2, 2);

        Refused(1, "Enlarge such pictures with --enlarge, pad them with --padding, or leave them out.", "--weights", weights);
        Json("evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"), "--json", "--enlarge").GetProperty("images").GetInt32().Should().Be(6);
        Json("evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"), "--json", "--padding", "8").GetProperty("options").GetProperty("padding").GetInt32().Should().Be(8);
    }

    [Theory]
    [InlineData(1, "Center", "center")]
    [InlineData(10, "Ten", "ten")]
    [InlineData(2, "Center", "center", "--flip")]
    [InlineData(1, null, "full")]
    [InlineData(20, "Ten", "ten", "--scales", "32,40", "--average", "logits", "--padding", "2")]
    [InlineData(4, null, "full", "--scales", "32,48", "--flip")]
    public void Every_way_to_look_at_pictures_is_followed(int views, string? crops, params string[] options)
    {
        string weights = WeightsFiles.Save(_folder.PathTo("best.safetensors"), Preprocessing.Cifar10, Labels);
        SavePictures("test", 2, 3, 2);

        var report = Json(["evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"), "--json", "--crops", .. options]);

        report.GetProperty("viewCount").GetInt32().Should().Be(views);
        report.GetProperty("options").GetProperty("crops").GetString().Should().Be(crops);
        report.GetProperty("images").GetInt32().Should().Be(7);
    }

    [Fact]
    public void Scales_alone_are_of_whole_pictures()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("best.safetensors"), Preprocessing.Cifar10, Labels);
        SavePictures("test", 2, 2, 2);

        var options = Json("evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"), "--json", "--scales", "32,40").GetProperty("options");

        options.GetProperty("fullyConvolutional").GetBoolean().Should().BeTrue();
        options.GetProperty("scales").EnumerateArray().Select(scale => scale.GetInt32()).Should().Equal(32, 40);
    }

    [Fact]
    public void A_network_of_another_class_count_is_refused_before_the_work()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("best.safetensors"), Preprocessing.Cifar10, null);
        SavePictures("test", 2, 2, 2);
        SavePictures(_folder.PathTo("pictures", "test", "bear"), 2);

        Refused(1, $"has 4 classes (ant, bear, fox, wolf), but {weights} tells 3 apart and does not name them.", "--weights", weights);
    }

    [Theory]
    [InlineData("--crops ten holds the mirror images already; leave --flip out.", "--crops", "ten", "--flip")]
    [InlineData("--scales is '224,224'; give different lengths in pixels, such as 224,256,384.", "--scales", "224,224")]
    [InlineData("--scales is 'big'; give different lengths in pixels", "--scales", "big")]
    [InlineData("--padding is -1; it must be 0 or more.", "--padding", "-1")]
    [InlineData("--scales has 16, but this network sees 32 pixels at once; no scale may be less.", "--scales", "48,16")]
    [InlineData("--padding is 33, but this network sees 32 pixels at once", "--padding", "33")]
    [InlineData("five", "--crops", "five")]
    [InlineData("mean", "--average", "mean")]
    public void Options_that_cannot_be_meant_are_wrong_usage(string message, params string[] options)
    {
        SavePictures("test", 1, 1, 1);

        Refused(2, message, options);
    }

    [Fact]
    public void A_report_cannot_replace_a_file()
    {
        string file = _folder.PathTo("notes.txt");
        File.WriteAllText(file, "mine");

        Refused(2, "which is a file; name a folder, new or old.", "--report", file);
        File.ReadAllText(file).Should().Be("mine");
    }

    public void Dispose() => _folder.Dispose();

    private void Refused(int expected, string message, params string[] options)
    {
        var (code, output, errors) = ResnetProcess.Run(["evaluate", "--data", _folder.PathTo("pictures"), "--json", .. options]);

        code.Should().Be(expected, errors);
        output.Should().BeEmpty();
        errors.Should().Contain(message).And.NotContain("pictures, top-1 error");
    }

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
        foreach (var (label, count) in Labels.Zip(counts))
        {
            SavePictures(_folder.PathTo("pictures", part, label), count);
        }

        return Directory.GetFiles(_folder.PathTo("pictures", part), "*.png", SearchOption.AllDirectories);
    }

    private static void SavePictures(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(folder.Length);
        for (int i = 0; i < count; i++)
        {
            byte[] pixels = new byte[32 * 32 * 3];
            random.NextBytes(pixels.AsSpan(0, random.Next(pixels.Length)));
            ImageEncoder.SavePng(new RgbImage(32, 32, pixels), Path.Combine(folder, $"{i}.png"));
        }
    }
}

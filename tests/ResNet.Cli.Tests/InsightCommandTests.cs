using System.Text.Json;
using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli.Tests;

/// <summary>The commands that look into a network: explain, filters, responses, features.</summary>
public sealed class InsightCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Explain_names_the_classes_and_draws_each_photo()
    {
        string one = Picture("a/photo.png", 0), two = Picture("b/photo.png", 1);

        var (code, output, errors) = ResnetProcess.Run("explain", one, two, "--output", _folder.PathTo("out"), "--top", "3", "--json");

        code.Should().Be(0, errors);
        errors.Should().Contain("the built-in ResNet-20");
        var photos = Json(output).EnumerateArray().ToList();
        photos.Select(photo => photo.GetProperty("file").GetString()).Should().Equal(one, two);
        photos.Select(photo => photo.GetProperty("picture").GetString()).Should()
            .Equal(_folder.PathTo("out", "photo.explained.png"), _folder.PathTo("out", "photo-2.explained.png"));
        photos[0].GetProperty("predictions").GetArrayLength().Should().Be(3);
        var explained = photos[0].GetProperty("explained");
        var best = photos[0].GetProperty("predictions")[0];
        explained.GetProperty("index").GetInt32().Should().Be(best.GetProperty("index").GetInt32());
        explained.GetProperty("probability").GetDouble().Should().BeApproximately(best.GetProperty("probability").GetDouble(), 1e-5);
        var drawn = ImageDecoder.Decode(photos[1].GetProperty("picture").GetString()!);
        drawn.Width.Should().Be((3 * 8) + (2 * 256), "photo and map stand side by side, enlarged");
    }

    [Theory]
    [InlineData("ship", 8)]
    [InlineData("SHIP", 8)]
    [InlineData("3", 3)]
    public void Explain_looks_for_the_class_that_is_asked_for(string text, int index)
    {
        var (code, output, errors) = ResnetProcess.Run("explain", Picture("p.png", 0), "--class", text, "--output", _folder.Root, "--json");
        code.Should().Be(0, errors);
        Json(output)[0].GetProperty("explained").GetProperty("index").GetInt32().Should().Be(index);
    }

    [Theory]
    [InlineData("autmobile", "The network knows no class 'autmobile'. The nearest are: automobile, airplane, bird.")]
    [InlineData("10", "--class is 10, but the network has 10 classes: 0 to 9.")]
    public void Explain_refuses_a_class_that_is_none(string text, string message)
    {
        var (code, output, errors) = ResnetProcess.Run("explain", Picture("p.png", 0), "--class", text, "--output", _folder.PathTo("out"), "--json");
        (code, output).Should().Be((2, string.Empty));
        errors.Should().Contain(message);
        Directory.Exists(_folder.PathTo("out")).Should().BeFalse();
    }

    [Fact]
    public void Explain_goes_on_after_a_photo_that_cannot_be_read()
    {
        string good = Picture("p.png", 0);
        var (code, output, errors) = ResnetProcess.Run("explain", _folder.PathTo("none.jpg"), good, "--output", _folder.Root);
        code.Should().Be(1);
        errors.Should().Contain("none.jpg");
        output.Should().Contain(good).And.Contain("where it finds '").And.Contain(_folder.PathTo("p.explained.png"));
    }

    [SkippableFact]
    public void Explain_takes_a_checkpoint_that_says_nothing_of_itself()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string[] network = ["--weights", Oracle.PathTo("weights", "resnet20-12fca82f.th"), "--arch", "resnet20-cifar", "--zero-padding", "both", "--normalization", "imagenet"];
        string photo = Picture("p.png", 0);

        var (code, output, errors) = ResnetProcess.Run(["explain", photo, "--class", "3", "--output", _folder.Root, .. network]);
        var byName = ResnetProcess.Run(["explain", photo, "--class", "cat", "--output", _folder.Root, .. network]);

        code.Should().Be(0, errors);
        output.Should().Contain("where it finds 'class 3'");
        byName.ExitCode.Should().Be(2);
        byName.Errors.Should().Contain("the names of the classes are not known; give an index, 0 to 9.");
    }

    [Fact]
    public void Filters_are_drawn()
    {
        string target = _folder.PathTo("new", "filters.png");
        var (code, output, errors) = ResnetProcess.Run("filters", "--output", target);
        code.Should().Be(0, errors);
        output.Should().Contain("16 filters of 3x3").And.Contain(target);
        ImageDecoder.Decode(target).Width.Should().Be(4 + (4 * 58));
        ResnetProcess.Run("filters", _folder.PathTo("none.safetensors")).ExitCode.Should().Be(1);
    }

    [Fact]
    public void Responses_of_several_networks_share_a_table_and_a_chart()
    {
        string weights = WeightsFiles.Save(_folder.PathTo("fresh.safetensors"), Preprocessing.Cifar10, null);
        PicturesOnDisk.Write(_folder.PathTo("pictures"), 3, 6);

        var (code, output, errors) = ResnetProcess.Run(
            "responses", weights, WeightsFiles.Version1, "--data", _folder.PathTo("pictures"), "--output", _folder.PathTo("out"), "--pictures", "5", "--json");

        code.Should().Be(0, errors);
        Json(output).GetProperty("pictures").GetInt32().Should().Be(5);
        var networks = Json(output).GetProperty("networks").EnumerateArray().ToList();
        networks.Select(network => network.GetProperty("name").GetString()).Should().Equal("fresh.safetensors", "version1.safetensors");
        networks[0].GetProperty("layers").GetArrayLength().Should().Be(7);
        string[] lines = File.ReadAllLines(_folder.PathTo("out", "responses.csv"));
        lines.Should().HaveCount(15);
        double first = networks[0].GetProperty("layers")[0].GetProperty("standardDeviation").GetDouble();
        lines[1].Should().StartWith($"fresh.safetensors,1,conv1,{first.ToString("R", System.Globalization.CultureInfo.InvariantCulture)},");
        ImageDecoder.Decode(_folder.PathTo("out", "responses.png")).Width.Should().Be(1200);
    }

    [Fact]
    public void Features_are_written_and_similar_pictures_found()
    {
        PicturesOnDisk.Write(_folder.PathTo("pictures"), 1, 12);
        string test = _folder.PathTo("pictures", "test"), broken = Path.Combine(test, "broken.png");
        string[] files = Directory.GetFiles(test, "*.png", SearchOption.AllDirectories);
        File.WriteAllText(broken, "no picture");

        var (code, output, errors) = ResnetProcess.Run("features", test, "--similar", files[0], "--top", "4", "--output", _folder.PathTo("out"), "--batch-size", "5", "--json");

        code.Should().Be(0, errors);
        errors.Should().Contain($"left out: {broken}");
        var result = Json(output);
        (result.GetProperty("pictures").GetInt32(), result.GetProperty("features").GetInt32(), result.GetProperty("leftOut").GetInt32()).Should().Be((12, 64, 1));
        var similar = result.GetProperty("similar").EnumerateArray().ToList();
        similar.Should().HaveCount(4);
        similar.Select(picture => picture.GetProperty("file").GetString()).Should().NotContain(files[0], "it is none of its own neighbours").And.BeSubsetOf(files);
        similar.Select(picture => picture.GetProperty("similarity").GetDouble()).Should().BeInDescendingOrder();
        new FileInfo(_folder.PathTo("out", "features.npy")).Length.Should().Be(128 + (12 * 64 * 4));
        File.ReadAllLines(_folder.PathTo("out", "features.csv")).Should().HaveCount(13);
        File.Exists(result.GetProperty("sheet").GetString()).Should().BeTrue();
    }

    [Fact]
    public void A_copy_elsewhere_is_the_nearest_picture_of_a_photo()
    {
        PicturesOnDisk.Write(_folder.PathTo("pictures"), 1, 8);
        string test = _folder.PathTo("pictures", "test");
        string original = Directory.GetFiles(test, "*.png", SearchOption.AllDirectories)[3], copy = _folder.PathTo("copy.png");
        File.Copy(original, copy);

        var (code, output, errors) = ResnetProcess.Run("features", test, "--similar", copy, "--output", _folder.PathTo("out"));

        code.Should().Be(0, errors);
        output.Should().Contain($"1.0000  {original} ({Path.GetFileName(Path.GetDirectoryName(original))})");
    }

    [Theory]
    [InlineData("features", "none")]
    [InlineData("responses", "--data", "none")]
    public void A_folder_that_is_not_there_is_refused(params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(args);
        (code, output).Should().Be((1, string.Empty));
        errors.Should().Contain("none is no folder of pictures: there is no such folder.");
    }

    [Fact]
    public void The_photo_is_read_before_the_work_begins()
    {
        Picture("p/a.png", 0);
        var (code, _, errors) = ResnetProcess.Run("features", _folder.PathTo("p"), "--similar", _folder.PathTo("none.png"), "--output", _folder.PathTo("out"));
        code.Should().Be(1);
        errors.Should().Contain("none.png");
        Directory.Exists(_folder.PathTo("out")).Should().BeFalse();
    }

    [SkippableTheory]
    [InlineData("features")]
    [InlineData("responses", "--pictures", "50000", "--data")]
    public void Ctrl_C_stops_long_work_and_leaves_nothing_half_done(params string[] args)
    {
        Signals.SkipUnlessHeard("INT");
        string? cifar = RealPictures.Cifar10();
        Skip.If(cifar is null, RealPictures.WhySkipped);
        using var process = new ResnetProcess(_folder.Root, [.. args, Path.Combine(cifar!, "train")]);
        process.WaitForError("pictures");

        process.Send("INT");

        var (code, output, errors) = process.Finish();
        code.Should().Be(130, errors);
        output.Should().BeEmpty();
        errors.Should().EndWith($"stopped{Environment.NewLine}");
        Directory.GetFileSystemEntries(_folder.Root).Should().BeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private static JsonElement Json(string output) => JsonDocument.Parse(output).RootElement;

    private string Picture(string name, int index)
    {
        string path = _folder.PathTo(name.Split('/'));
        ImageEncoder.SavePng(new SyntheticShapes(4, 32).Read(index).Image, path);
        return path;
    }
}

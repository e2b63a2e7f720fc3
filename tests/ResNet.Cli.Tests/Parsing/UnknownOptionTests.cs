namespace ResNet.Cli.Tests;

public sealed class UnknownOptionTests
{
    [Theory]
    [InlineData("There is no option --weight; did you mean --weights?", "classify", "photo.jpg", "--weight", "x.safetensors")]
    [InlineData("There is no option --weight; did you mean --weights?", "classify", "--weight=x.safetensors", "photo.jpg")]
    [InlineData("There is no option --weigths; did you mean --weights?", "explain", "photo.jpg", "--weigths", "x.safetensors")]
    [InlineData("There is no option --dat; did you mean --data?", "responses", "--dat", "photos")]
    [InlineData("There is no option --dat; did you mean --data?", "evaluate", "--weights", "--dat", "photos")]
    [InlineData("There is no option --Data; did you mean --data?", "train", "--Data", "photos")]
    [InlineData("There is no option --jso; did you mean --json?", "data", "photos", "--sheet", "--jso")]
    [InlineData("There is no option --outptu; did you mean --output?", "filters", "--outptu", "x.png")]
    [InlineData("There is no option --forced; did you mean --force?", "convert", "a.pth", "b.pth", "--forced")]
    [InlineData("There is no option --xyzzy.", "summary", "resnet18", "--xyzzy")]
    [InlineData("There is no option -v.", "doctor", "-v")]
    [InlineData("There is no command 'trian'; did you mean train?", "trian", "--epochs", "3")]
    [InlineData("There is no command 'clasify'; did you mean classify?", "clasify", "photo.jpg")]
    [InlineData("There is no command 'photo.jpg'.", "photo.jpg")]
    public void What_is_misspelled_is_refused_before_any_work_with_the_nearest_name(string message, params string[] args)
    {
        using var folder = new TemporaryFolder();
        using var process = new ResnetProcess(folder.Root, args);

        var (code, output, errors) = process.Finish();

        code.Should().Be(2);
        errors.Split(Environment.NewLine)[0].Should().Be(message);
        output.Should().BeEmpty();
        Directory.EnumerateFileSystemEntries(folder.Root).Should().BeEmpty();
    }

    [Fact]
    public void A_file_whose_name_begins_with_hyphens_goes_after_two_of_them()
    {
        using var folder = new TemporaryFolder();
        PicturesOnDisk.WriteOne(folder.PathTo("--x.png"));

        var (refused, _, advice) = Run(folder, "classify", "--x.png");
        var (code, output, errors) = Run(folder, "classify", "--top", "1", "--", "--x.png");

        refused.Should().Be(2);
        advice.Should().StartWith("There is no option --x.png. The file of that name goes after --, or is ./--x.png");
        code.Should().Be(0, errors);
        output.Should().StartWith("--x.png");
    }

    [Fact]
    public void A_file_may_be_called_at_name()
    {
        using var folder = new TemporaryFolder();
        PicturesOnDisk.WriteOne(folder.PathTo("@anna_0042.png"));
        File.WriteAllText(folder.PathTo("anna_0042.png"), "--json");

        var (code, output, errors) = Run(folder, "classify", "@anna_0042.png", "--top", "1");

        code.Should().Be(0, errors);
        output.Should().StartWith("@anna_0042.png");
    }

    [Fact]
    public void Help_is_shown_whatever_stands_beside_it()
    {
        var (code, output, _) = ResnetProcess.Run("classify", "--weight", "--help");

        code.Should().Be(0);
        output.Should().Contain("--weights");
    }

    private static (int ExitCode, string Output, string Errors) Run(TemporaryFolder folder, params string[] args)
    {
        using var process = new ResnetProcess(folder.Root, args);
        return process.Finish();
    }
}

using ResNet.Imaging;

namespace ResNet.Cli.Tests;

/// <summary>Names that would move the cursor, make lines of their own or turn the text, in every place where a command says one.</summary>
public sealed class EscapeTests : IDisposable
{
    private const string Red = "\u001b[31mRED\u001b]0;pwn\u0007";
    private const string TwoLines = "a\nb\r\u009b2J\u202E";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_are_shown_one_line_a_prediction()
    {
        PicturesOnDisk.WriteOne(_folder.PathTo("a.png"));

        var (output, _) = Run("classify", "a.png", "--weights", Weights(), "--top", "3");

        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(4);
        lines.Should().ContainSingle(line => line.EndsWith(@"  \u001B[31mRED\u001B]0;pwn\u0007", StringComparison.Ordinal));
        lines.Should().ContainSingle(line => line.EndsWith(@"  a\nb\r\u009B2J\u202E", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_holds_the_same_labels_without_such_characters()
    {
        PicturesOnDisk.WriteOne(_folder.PathTo("a.png"));

        var (output, _) = Run("classify", "a.png", "--weights", Weights(), "--top", "3", "--json");

        using var document = System.Text.Json.JsonDocument.Parse(output);
        document.RootElement[0].GetProperty("predictions").EnumerateArray().Select(found => found.GetProperty("label").GetString())
            .Should().BeEquivalentTo([Red, TwoLines, "\U000E0041=cmd|x<script>"]);
    }

    [SkippableFact]
    public void Names_of_files_and_folders_are_shown()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such names.");
        foreach (string name in (string[])[Red, TwoLines])
        {
            Directory.CreateDirectory(_folder.PathTo("data", name));
            PicturesOnDisk.WriteOne(_folder.PathTo("data", name, $"{name}.png"));
            File.WriteAllText(_folder.PathTo("data", name, $"broken{name}.png"), "no picture");
        }

        string weights = Weights();
        foreach (string[] args in (string[][])[
            ["data", "data", "--duplicates"],
            ["features", "data", "--output", "out", "--similar", _folder.PathTo("data", Red, $"{Red}.png")],
            ["explain", _folder.PathTo("data", Red, $"{Red}.png"), "--weights", weights],
            ["evaluate", "--data", "data", "--weights", weights, "--report", "report", "--enlarge"],
            ["evaluate", "--data", $"missing{Red}"],
            ["classify", _folder.PathTo("data", Red, $"broken{Red}.png"), $"missing{TwoLines}"],
            [$"{Red}{TwoLines}"],
            ["classify", $"--{Red}"],
            ["train", "--epochs", TwoLines]])
        {
            var (output, errors) = Run(args);
            (output + errors).Should().Contain(@"\u00", $"{args[0]} names what it was given");
        }

        File.ReadAllText(_folder.PathTo("report", "report.html")).Should().Contain(@"\u001B[31mRED").And.NotContainAny("\u001b", "\u202E");
        File.ReadLines(_folder.PathTo("out", "features.csv")).Should().HaveCount(3);
    }

    [Fact]
    public void Names_of_tensors_are_shown()
    {
        string file = _folder.PathTo("tensors.safetensors");
        string header = """{"a\u001b[2J\nb\u202e":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";
        File.WriteAllBytes(file, [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header), 0, 0, 0, 0]);

        Run("summary", file).Output.Should().Contain(@"a\u001B[2J\nb\u202E");
        Run("summary", file, "--arch", "resnet20-cifar").Errors.Should().Contain(@"a\u001B[2J\nb\u202E is in the file but not in the model.");
    }

    /// <summary>Runs it, and holds that nothing but visible text and line breaks came out of it.</summary>
    private (string Output, string Errors) Run(params string[] args)
    {
        using var process = new ResnetProcess(_folder.Root, args);
        var (_, output, errors) = process.Finish();
        (output + errors).Where(letter => (char.IsControl(letter) && letter is not ('\n' or '\r')) || letter == '\u202E').Should().BeEmpty($"of {args[0]}");
        if (!OperatingSystem.IsWindows())
        {
            (output + errors).Should().NotContain("\r");
        }

        return (output, errors);
    }

    private string Weights()
    {
        var preprocessing = Preprocessing.Cifar10;
        return WeightsFiles.Save(_folder.PathTo("labels.safetensors"), preprocessing, new ClassLabels([Red, TwoLines, "\U000E0041=cmd|x<script>"]));
    }
}

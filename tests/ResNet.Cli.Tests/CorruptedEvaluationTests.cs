using System.Globalization;
using System.Text.Json;
using ResNet.Imaging;

namespace ResNet.Cli.Tests;

public sealed class CorruptedEvaluationTests : IDisposable
{
    private static readonly ClassLabels Labels = new(["ant", "fox", "wolf"]);
    private readonly TemporaryFolder _folder = new();
    private readonly string _weights;

    public CorruptedEvaluationTests()
    {
        _weights = WeightsFiles.Save(_folder.PathTo("best.safetensors"), Preprocessing.Cifar10, Labels);
        var random = new Random(1);
        foreach (string label in Labels)
        {
            string folder = Directory.CreateDirectory(_folder.PathTo("pictures", label)).FullName;
            for (int i = 0; i < 4; i++)
            {
                byte[] pixels = new byte[32 * 32 * 3];
                random.NextBytes(pixels.AsSpan(0, random.Next(pixels.Length)));
                ImageEncoder.SavePng(new RgbImage(32, 32, pixels), Path.Combine(folder, $"{i}.png"));
            }
        }
    }

    [Fact]
    public void Errors_are_told_by_kind_and_severity()
    {
        var (code, output, errors) = Evaluate("--corrupt", "blur,jpeg", "--severities", "5,1", "--json");

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        document.RootElement.GetProperty("images").GetInt32().Should().Be(12);
        var corruptions = document.RootElement.GetProperty("corruptions");
        corruptions.GetProperty("cleanTop1Error").GetDouble().Should().Be(document.RootElement.GetProperty("top1Error").GetDouble());
        var kinds = corruptions.GetProperty("kinds").EnumerateArray().ToArray();
        kinds.Select(kind => kind.GetProperty("kind").GetString()).Should().Equal("gaussian-blur", "defocus-blur", "motion-blur", "jpeg");
        foreach (var kind in kinds)
        {
            var severities = kind.GetProperty("severities").EnumerateArray().ToArray();
            severities.Select(item => item.GetProperty("severity").GetInt32()).Should().Equal(5, 1);
            severities.Should().OnlyContain(item => item.GetProperty("images").GetInt32() == 12);
            kind.GetProperty("meanTop1Error").GetDouble().Should().BeApproximately(severities.Average(item => item.GetProperty("top1Error").GetDouble()), 1e-12);
        }

        corruptions.GetProperty("meanCorruptionError").GetDouble().Should().BeApproximately(kinds.Average(kind => kind.GetProperty("meanTop1Error").GetDouble()), 1e-12);
    }

    [Fact]
    public void The_table_has_a_row_for_each_kind_and_a_column_for_each_severity()
    {
        var (code, output, errors) = Evaluate("--corrupt", "contrast,shot-noise", "--report", _folder.PathTo("report"));

        code.Should().Be(0, errors);
        File.ReadLines(_folder.PathTo("report", "corruptions.csv")).Should().HaveCount(1 + 1 + (2 * 5));
        ImageDecoder.Decode(_folder.PathTo("report", "corruptions.png")).Width.Should().Be(1200);
        using var document = JsonDocument.Parse(File.ReadAllText(_folder.PathTo("report", "report.json")));
        double mean = document.RootElement.GetProperty("corruptions").GetProperty("meanCorruptionError").GetDouble();
        File.ReadAllText(_folder.PathTo("report", "report.html")).Should().Contain("Under corruption")
            .And.Contain($"data-name=\"meanCorruptionError\" value=\"{mean.ToString("R", CultureInfo.InvariantCulture)}\"");
        output.Should().MatchRegex(@"top-1 error +1 +2 +3 +4 +5 +mean")
            .And.MatchRegex(@"shot-noise( +\d+\.\d\d ?%){6}").And.MatchRegex(@"contrast( +\d+\.\d\d ?%){6}")
            .And.Contain("mean corruption error");
    }

    [Theory]
    [InlineData("'fog' is no corruption", "--corrupt", "fog")]
    [InlineData("--severities is 0,1; it must be numbers from 1 to 5", "--corrupt", "jpeg", "--severities", "0,1")]
    [InlineData("--severities is 3,3; it must be numbers from 1 to 5", "--corrupt", "jpeg", "--severities", "3,3")]
    [InlineData("--severities says how severe --corrupt is", "--severities", "1")]
    public void Wrong_names_and_severities_are_wrong_usage(string message, params string[] args)
    {
        var (code, output, errors) = Evaluate(args);

        code.Should().Be(2, errors);
        output.Should().BeEmpty();
        errors.Should().Contain(message).And.NotContain("   at ");
    }

    [Fact]
    public void The_sheet_of_corruptions_is_written_by_the_command_data()
    {
        string sheet = _folder.PathTo("sheet.png");

        var (code, _, errors) = ResnetProcess.Run("data", _folder.PathTo("pictures"), "--corrupt", "noise", "--sheet", sheet, "--samples", "1");

        code.Should().Be(0, errors);
        var image = ImageDecoder.Decode(sheet);
        image.Height.Should().BeInRange(4 * 100, (4 * 100) + 40);
        ResnetProcess.Run("data", _folder.PathTo("pictures"), "--corrupt", "noise", "--augmentation", "paper").ExitCode.Should().Be(2);
    }

    public void Dispose() => _folder.Dispose();

    private (int ExitCode, string Output, string Errors) Evaluate(params string[] args) =>
        ResnetProcess.Run(["evaluate", "--weights", _weights, "--data", _folder.PathTo("pictures"), .. args]);
}

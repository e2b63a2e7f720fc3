using System.Globalization;
using System.Text.Json.Nodes;
using ResNet.Imaging;
using ResNet.Training.Tests.Robustness;

namespace ResNet.Training.Tests;

public sealed class RobustnessFilesTests
{
    [Fact]
    public void The_table_has_all_counts_and_errors()
    {
        using var folder = new TemporaryFolder();

        RobustnessFiles.Write(folder.PathTo("report"), Sample.Report());

        File.ReadAllText(folder.PathTo("report", "corruptions.csv")).Should().Be(
            """
            corruption,severity,images,top1_correct,top5_correct,top1_error,top5_error,loss
            none,0,10,9,10,0.100000,0.000000,LOSS
            jpeg,1,10,8,10,0.200000,0.000000,0.5
            jpeg,5,10,6,9,0.400000,0.100000,1
            impulse-noise,1,10,5,9,0.500000,0.100000,1.5
            impulse-noise,5,10,1,8,0.900000,0.200000,NaN

            """.ReplaceLineEndings("\n").Replace("LOSS", Sample.Report().Clean.Loss.ToString("R", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Directory.GetFiles(folder.PathTo("report")).Select(Path.GetFileName).Should().BeEquivalentTo("corruptions.csv", "corruptions.png");
    }

    [Fact]
    public void The_document_has_the_numbers_of_the_report()
    {
        var report = Sample.Report();

        var document = JsonNode.Parse(RobustnessFiles.ToJson(report).ToJsonString())!;

        ((double)document["cleanTop1Error"]!).Should().Be(report.Clean.Top1Error);
        ((double)document["meanCorruptionError"]!).Should().Be(report.MeanCorruptionError);
        var noise = document["kinds"]![1]!;
        ((string)noise["kind"]!).Should().Be("impulse-noise");
        ((double)noise["meanTop1Error"]!).Should().Be(report.MeanError(CorruptionKind.ImpulseNoise));
        var worst = noise["severities"]![1]!;
        ((int)worst["severity"]!, (int)worst["images"]!, (int)worst["top1Correct"]!, (int)worst["top5Correct"]!).Should().Be((5, 10, 1, 8));
        ((double)worst["top1Error"]!).Should().Be(report.Result(CorruptionKind.ImpulseNoise, 5).Top1Error);
        ((double)worst["top1Interval"]!["low"]!).Should().Be(ErrorInterval.Wilson(9, 10).Low);
        worst["loss"].Should().BeNull("JSON has no NaN");
    }

    [Fact]
    public void Every_kind_has_a_curve_of_its_own_colour()
    {
        var sample = Sample.Report();
        var one = sample with { Kinds = [CorruptionKind.Jpeg] };

        var image = ImageDecoder.Decode(CorruptionChart.ToPng(sample), "corruptions.png");

        (image.Width, image.Height).Should().Be((1200, 750));
        Count(image, "e8743b").Should().BePositive();
        Count(image, "b07cc6").Should().BePositive();
        Count(ImageDecoder.Decode(CorruptionChart.ToPng(one), "one.png"), "e8743b").Should().Be(0);
    }

    [Fact]
    public void All_kinds_can_be_drawn()
    {
        var results = Corruption.AllKinds.Select((kind, i) => new CorruptionResult(kind, 3, 100, 90 - (7 * i), null, 1));
        var report = Sample.Report() with { Kinds = Corruption.AllKinds, Severities = [3], Results = [.. results] };

        CorruptionChart.ToPng(report).Should().NotBeEmpty();
    }

    private static int Count(RgbImage image, string color)
    {
        int[] rgb = [.. color.Chunk(2).Select(digits => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        return image.Pixels.Chunk(3).Count(pixel => pixel[0] == rgb[0] && pixel[1] == rgb[1] && pixel[2] == rgb[2]);
    }
}

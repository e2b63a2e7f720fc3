namespace ResNet.Training.Tests;

public sealed class CalibrationTests
{
    // (confidence, right), and what numpy makes of them:
    // c = np.array([...]); r = np.array([...]); b = np.clip(np.ceil(c * 15).astype(int) - 1, 0, 14)
    // ece = sum(abs(c[b == i].mean() - r[b == i].mean()) * (b == i).mean() for i in range(15) if (b == i).any())
    private static readonly (double Confidence, bool Right)[] Sample =
    [
        (0.31, false), (0.42, true), (0.44, false), (0.55, true), (0.58, false), (0.63, true), (0.71, true), (0.74, false), (0.82, true),
        (0.86, true), (0.91, true), (0.95, true), (0.97, false), (0.99, true), (0.999, true), (1, true), (0.92, false), (0.34, false),
    ];

    [Fact]
    public void Fifteen_bins_equal_those_of_numpy()
    {
        var calibration = Calibration.Of(Answers());

        calibration.Bins.Should().HaveCount(15);
        calibration.Bins.Select(bin => bin.Count).Should().Equal(0, 0, 0, 0, 1, 1, 2, 0, 2, 1, 1, 1, 2, 2, 5);
        calibration.ExpectedCalibrationError.Should().BeApproximately(0.24327777777777776, 1e-15);
        calibration.Bins[14].MeanConfidence.Should().BeApproximately(0.9818000000000001, 1e-15);
        calibration.Bins[14].Accuracy.Should().BeApproximately(0.8, 1e-15);
    }

    [Fact]
    public void Other_numbers_of_bins_give_other_errors() =>
        Calibration.Of(Answers(), binCount: 5).ExpectedCalibrationError.Should().BeApproximately(0.11994444444444446, 1e-15);

    [Fact]
    public void One_bin_compares_the_means()
    {
        var bin = Calibration.Of(Answers(), binCount: 1).Bins.Should().ContainSingle().Subject;

        (bin.Low, bin.High, bin.Count).Should().Be((0, 1, Sample.Length));
        bin.Accuracy.Should().Be(Sample.Count(pair => pair.Right) / (double)Sample.Length);
    }

    [Fact]
    public void A_bin_holds_its_upper_end_and_the_first_one_0_too()
    {
        var bins = Calibration.Of([Answer(0, right: false), Answer(0.5, right: true), Answer(0.500001, right: true), Answer(1, right: true)], binCount: 2).Bins;

        bins.Select(bin => bin.Count).Should().Equal(2, 2);
        (bins[0].Low, bins[0].High, bins[1].Low, bins[1].High).Should().Be((0, 0.5, 0.5, 1));
    }

    [Fact]
    public void An_empty_bin_has_no_means()
    {
        var bin = Calibration.Of([Answer(0.9, right: true)], binCount: 2).Bins[0];

        (bin.Count, bin.MeanConfidence, bin.Accuracy).Should().Be((0, null, null));
    }

    private static IEnumerable<PictureAnswer> Answers() => Sample.Select(pair => Answer(pair.Confidence, pair.Right));

    private static PictureAnswer Answer(double confidence, bool right) => new(0, 0, right ? 0 : 1, confidence, 0);
}

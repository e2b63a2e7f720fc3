using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class TrivialAugmentWideTests
{
    [Fact]
    public void Each_result_is_that_of_one_operation_and_all_magnitudes_come_up()
    {
        var image = new RgbImage(40, 36, Array.ConvertAll(Pictures.Reference(40, 36).Pixels, value => (byte)(20 + (value * 5 / 6))));
        var results = new HashSet<string>();
        foreach (var operation in Enum.GetValues<AugmentOperation>())
        {
            for (int bin = 0; bin < AugmentOperations.BinCount; bin++)
            {
                double magnitude = TrivialAugmentWide.Magnitude(operation, bin);
                results.Add(After(image, operation, magnitude));
                if (AugmentOperations.IsSigned(operation))
                {
                    results.Add(After(image, operation, -magnitude));
                }
            }
        }

        var seen = Enumerable.Range(0, 6000)
            .Select(i => Convert.ToHexString(new TrivialAugmentWide().Apply(image, SampleRandom.For(0, 0, i)).Pixels)).ToHashSet();

        results.Count.Should().BeGreaterThan(500);
        seen.Should().BeSubsetOf(results);
        seen.Count.Should().BeGreaterThan((int)(0.98 * results.Count));
    }

    [Fact]
    public void Magnitudes_are_torchvisions()
    {
        // From TrivialAugmentWide()._augmentation_space(31).
        TrivialAugmentWide.Magnitude(AugmentOperation.ShearY, 30).Should().BeApproximately(0.99, 1e-12);
        TrivialAugmentWide.Magnitude(AugmentOperation.TranslateX, 15).Should().BeApproximately(16, 1e-12);
        TrivialAugmentWide.Magnitude(AugmentOperation.Rotate, 10).Should().BeApproximately(45, 1e-12);
        TrivialAugmentWide.Magnitude(AugmentOperation.Sharpness, 10).Should().BeApproximately(0.33, 1e-12);
        TrivialAugmentWide.Magnitude(AugmentOperation.Solarize, 30).Should().Be(0);
        Enumerable.Range(0, 31).Select(bin => TrivialAugmentWide.Magnitude(AugmentOperation.Posterize, bin)).Should().Equal(
            8, 8, 8, 7, 7, 7, 7, 7, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2);
    }

    private static string After(RgbImage image, AugmentOperation operation, double magnitude) =>
        Convert.ToHexString(Pictures.After(image, canvas => AugmentOperations.Apply(canvas, operation, magnitude)));
}

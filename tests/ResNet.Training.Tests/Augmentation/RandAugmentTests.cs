using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class RandAugmentTests
{
    // No two of the operations make the same of this picture: its bytes reach neither end.
    private static readonly RgbImage Image = new(24, 18, Array.ConvertAll(Pictures.Reference(24, 18).Pixels, value => (byte)(20 + (value * 5 / 6))));

    [Fact]
    public void All_operations_are_equally_likely_and_so_are_their_directions()
    {
        var results = new Dictionary<string, (AugmentOperation Operation, bool IsReversed)>();
        foreach (var operation in Enum.GetValues<AugmentOperation>())
        {
            double magnitude = RandAugment.MagnitudeOf(operation, 9, 24, 18);
            results.Add(After(operation, magnitude), (operation, false));
            if (AugmentOperations.IsSigned(operation))
            {
                results.Add(After(operation, -magnitude), (operation, true));
            }
        }

        var seen = Enumerable.Range(0, 14_000)
            .Select(i => results[Convert.ToHexString(new RandAugment { OperationCount = 1 }.Apply(Image, SampleRandom.For(0, 0, i)).Pixels)])
            .ToList();

        // 13 degrees of freedom: mean 13, standard deviation 5.1.
        Pictures.ChiSquared(seen.CountBy(result => result.Operation).Select(pair => pair.Value).ToList()).Should().BeLessThan(34);
        seen.Count(result => result.IsReversed).Should().BeInRange(4300, 4700, "9 of 14 operations have two directions");
    }

    [Fact]
    public void Two_operations_follow_one_another()
    {
        var random = new SampleRandom(12);
        var once = new RandAugment { OperationCount = 1 };
        var expected = once.Apply(once.Apply(Image, random), random);

        new RandAugment().Apply(Image, new SampleRandom(12)).Pixels.Should().Equal(expected.Pixels);
    }

    [Fact]
    public void Magnitudes_are_torchvisions()
    {
        // From RandAugment()._augmentation_space(31, (224, 331)).
        RandAugment.MagnitudeOf(AugmentOperation.ShearX, 9, 331, 224).Should().BeApproximately(0.09, 1e-12);
        RandAugment.MagnitudeOf(AugmentOperation.TranslateX, 30, 331, 224).Should().BeApproximately(150, 1e-9);
        RandAugment.MagnitudeOf(AugmentOperation.TranslateY, 30, 331, 224).Should().BeApproximately(101.5106, 1e-4);
        RandAugment.MagnitudeOf(AugmentOperation.Rotate, 9, 331, 224).Should().BeApproximately(9, 1e-12);
        RandAugment.MagnitudeOf(AugmentOperation.Color, 20, 331, 224).Should().BeApproximately(0.6, 1e-12);
        RandAugment.MagnitudeOf(AugmentOperation.Solarize, 9, 331, 224).Should().BeApproximately(178.5, 1e-12);
        Enumerable.Range(0, 31).Select(bin => RandAugment.MagnitudeOf(AugmentOperation.Posterize, bin, 331, 224)).Should().Equal(
            8, 8, 8, 8, 7, 7, 7, 7, 7, 7, 7, 7, 6, 6, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4);
    }

    [Fact]
    public void The_weakest_magnitude_changes_nothing_but_tones()
    {
        AugmentOperation[] toned = [AugmentOperation.AutoContrast, AugmentOperation.Equalize];
        foreach (var operation in Enum.GetValues<AugmentOperation>().Except(toned))
        {
            After(operation, RandAugment.MagnitudeOf(operation, 0, 24, 18)).Should().Be(Convert.ToHexString(Image.Pixels), $"{operation} is at its start");
        }
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new RandAugment { Magnitude = 31 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Magnitude must be from 0 to 30.*");
        FluentActions.Invoking(() => new RandAugment { OperationCount = -1 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("OperationCount must be at least 0.*");
    }

    private static string After(AugmentOperation operation, double magnitude) =>
        Convert.ToHexString(Pictures.After(Image, canvas => AugmentOperations.Apply(canvas, operation, magnitude)));
}

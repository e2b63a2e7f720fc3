using ResNet.TestSupport.Fuzzing;
using ResNet.TestSupport.Images;

namespace ResNet.Imaging;

/// <summary>The short form of <c>tests/ResNet.Images.Fuzz</c>.</summary>
public sealed class ImageMutantTests
{
    private const int Count = 2_000;

    [Fact]
    public void Mutants_of_images_are_decoded_or_refused_and_nothing_else()
    {
        var report = new FuzzRun { Target = new ImagesTarget(ImageSeeds.All, seed: 1, workerCount: 1), Count = Count }.Run();

        report.Findings.Should().BeEmpty();
        report.Count.Should().Be(Count);
        report.CountOf(FuzzOutcome.Read).Should().BeInRange(Count / 20, Count * 19 / 20, "some changes touch pixels only, and many do not");
    }

    [Fact]
    public void A_mutant_is_the_same_every_time()
    {
        for (long number = 0; number < 200; number++)
        {
            new ImageMutator(ImageSeeds.All, 5).Mutant(number).Bytes.Should().Equal(new ImageMutator(ImageSeeds.All, 5).Mutant(number).Bytes);
        }
    }

    [Fact]
    public void Every_seed_is_a_good_image() =>
        ImageSeeds.All.Should().AllSatisfy(seed => ImageDecoder.Decode(seed.Bytes, seed.Name, ImageDecodeOptions.Untrusted).Width.Should().BePositive());
}

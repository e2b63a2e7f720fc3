namespace ResNet.Imaging;

public sealed class NormalizationTests
{
    [Fact]
    public void Equal_numbers_make_equal_normalizations()
    {
        var copy = new Normalization { Mean = new List<float> { 0.485f, 0.456f, 0.406f }, StdDev = [0.229f, 0.224f, 0.225f] };
        copy.Should().Be(Normalization.ImageNet);
        copy.GetHashCode().Should().Be(Normalization.ImageNet.GetHashCode());
        (copy with { Mean = [0.485f, 0.456f, 0.4f] }).Should().NotBe(Normalization.ImageNet);
        (copy with { StdDev = [1f, 1f, 1f] }).Should().NotBe(Normalization.ImageNet);
    }

    [Fact]
    public void Numbers_are_copied()
    {
        float[] mean = [0.1f, 0.2f, 0.3f];
        var normalization = new Normalization { Mean = mean, StdDev = [1f, 1f, 1f] };
        mean[0] = 9;
        normalization.Mean.Should().Equal(0.1f, 0.2f, 0.3f);
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        ((Action)(() => _ = Normalization.None with { Mean = [0f, 0f] }))
            .Should().Throw<ArgumentException>().WithMessage("Mean must be three numbers (red, green, blue), finite, but is [0, 0].*");
        ((Action)(() => _ = Normalization.None with { StdDev = [1f, 0f, 1f] }))
            .Should().Throw<ArgumentException>().WithMessage("StdDev must be three numbers (red, green, blue), finite and above 0, but is [1, 0, 1].*");
        ((Action)(() => _ = Normalization.None with { Mean = [float.NaN, 0f, 0f] })).Should().Throw<ArgumentException>();
    }
}

namespace ResNet.Training.Tests.Robustness;

public sealed class CorruptionNamesTests
{
    [Fact]
    public void Every_name_is_read_back_as_its_kind()
    {
        CorruptionNames.Of(CorruptionKind.GaussianNoise).Should().Be("gaussian-noise");
        foreach (var kind in Corruption.AllKinds)
        {
            CorruptionNames.Parse(CorruptionNames.Of(kind)).Should().Equal(kind);
            CorruptionNames.Known.Should().Contain(CorruptionNames.Of(kind));
        }
    }

    [Theory]
    [InlineData("all", 11)]
    [InlineData("noise", 4)]
    [InlineData("Noise, blur", 7)]
    [InlineData("jpeg,noise,shot-noise", 5)]
    public void Groups_and_lists_hold_no_kind_twice(string text, int count) =>
        CorruptionNames.Parse(text).Should().HaveCount(count).And.OnlyHaveUniqueItems().And.BeInAscendingOrder();

    [Theory]
    [InlineData("fog", "'fog'")]
    [InlineData("", "''")]
    [InlineData("jpeg,", "''")]
    [InlineData("3", "'3'")]
    public void A_name_that_is_not_known_is_refused_with_those_that_are(string text, string quoted) =>
        ((Action)(() => CorruptionNames.Parse(text))).Should().Throw<ArgumentException>().WithMessage(
            $"{quoted} is no corruption; there are all, noise, blur, gaussian-noise, shot-noise, impulse-noise, speckle-noise, gaussian-blur, defocus-blur, "
            + "motion-blur, brightness, contrast, pixelate, jpeg, also several with commas between.*");
}

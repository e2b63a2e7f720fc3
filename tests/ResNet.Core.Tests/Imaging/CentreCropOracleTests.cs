namespace ResNet.Imaging;

public sealed class CentreCropOracleTests
{
    [SkippableTheory]
    [InlineData("n01440764_tench")]
    [InlineData("n01735189_garter_snake")]
    [InlineData("n02123045_tabby")]
    [InlineData("n02815834_beaker")]
    [InlineData("n04285008_sports_car")]
    public void Photos_are_prepared_as_torchvision_prepares_them(string name)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        RgbImage actual = Preprocessing.ImageNet.Apply(ImageDecoder.Decode(Oracle.PathTo("photos", name + ".JPEG")));
        RgbImage expected = ImageDecoder.Decode(Oracle.PathTo("oracle", "centre-crop", name + ".png"));
        int[] differences = [.. actual.Pixels.Zip(expected.Pixels, (a, b) => Math.Abs(a - b))];

        differences.Average().Should().BeLessThanOrEqualTo(1.0);
        differences.Chunk(3).Count(pixel => pixel.Max() > 3).Should().BeLessThanOrEqualTo(differences.Length / 3 / 50);
    }
}

using ResNet.Analysis;
using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class HeatOverlayTests
{
    [Fact]
    public void Colours_grow_lighter_in_even_steps()
    {
        double[] lightness = [.. Enumerable.Range(0, 256).Select(i => Lightness(HeatColors.Of(i / 255f)))];

        lightness.Should().BeInAscendingOrder();
        double[] steps = [.. Enumerable.Range(0, 8).Select(i => lightness[(i + 1) * 31] - lightness[i * 31])];
        steps.Max().Should().BeLessThan(2.5 * steps.Min());
        HeatColors.Of(-1).Should().Be(HeatColors.Of(0));
        HeatColors.Of(2).Should().Be(HeatColors.Of(1));
    }

    [Fact]
    public void A_small_picture_is_enlarged_by_a_whole_number_and_a_large_one_is_not()
    {
        var small = HeatOverlay.Draw(Grey(32, 32), Map(32, 32, new float[1024]));
        var large = HeatOverlay.Draw(Grey(300, 224), Map(300, 224, new float[300 * 224]));

        (small.Width, small.Height).Should().Be((256, 256));
        (large.Width, large.Height).Should().Be((300, 224));
    }

    [Fact]
    public void The_strongest_place_of_the_map_is_the_lightest_of_an_even_picture()
    {
        float[] values = new float[32 * 32];
        values[(5 * 32) + 20] = 1;

        var drawn = HeatOverlay.Draw(Grey(32, 32), Map(32, 32, values));

        int lightest = Enumerable.Range(0, 256 * 256).MaxBy(i => drawn.Pixels[3 * i] + drawn.Pixels[(3 * i) + 1] + drawn.Pixels[(3 * i) + 2]);
        (lightest % 256 / 8, lightest / 256 / 8).Should().Be((20, 5));
    }

    [Fact]
    public void A_picture_of_another_size_is_refused() =>
        FluentActions.Invoking(() => HeatOverlay.Draw(Grey(8, 8), Map(8, 9, new float[72]))).Should().Throw<ArgumentException>()
            .WithMessage("The picture is 8x8, but the map 8x9; give the crop that the network saw.*");

    private static ClassActivationMap Map(int width, int height, float[] values) => new(0, 1, width, height, values, [0], 1, 1);

    private static RgbImage Grey(int width, int height) => new(width, height, [.. Enumerable.Repeat((byte)128, 3 * width * height)]);

    /// <summary>L* of CIELAB, which the colours were not made in.</summary>
    private static double Lightness((byte Red, byte Green, byte Blue) color)
    {
        static double Linear(byte value) => value / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

        double y = (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));
        return y <= 0.008856 ? 903.3 * y : (116 * Math.Cbrt(y)) - 16;
    }
}

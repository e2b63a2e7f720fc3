using ResNet.Imaging;
using ResNet.Training.Tests.Augmentation;

namespace ResNet.Training.Tests.Robustness;

public sealed class BlurTests
{
    [Fact]
    public void A_disc_is_round_and_its_weights_add_up_to_1()
    {
        for (int severity = 1; severity <= Corruption.SeverityCount; severity++)
        {
            foreach (bool isSmall in new[] { true, false })
            {
                var disc = DiscKernels.Of(severity, isSmall).ToArray();

                disc.Sum(tap => (double)tap.Weight).Should().BeApproximately(1, 1e-6);
                disc.ToDictionary(tap => (tap.X, tap.Y)).Should().OnlyContain(tap => disc.Contains(new KernelTap(-tap.Value.Y, tap.Value.X, tap.Value.Weight)));
            }
        }
    }

    [Fact]
    public void The_disc_of_radius_3_spreads_a_point_over_29_pixels()
    {
        var point = Pictures.Plain(81, 81, 0, 0, 0);
        point.Pixels.AsSpan(3 * ((40 * 81) + 40), 3).Fill(255);

        var blurred = new Corruption(CorruptionKind.DefocusBlur, 1).Apply(point, new SampleRandom(0));

        blurred.Pixels.Count(value => value > 0).Should().Be(3 * 29);
        blurred.Pixels.Where(value => value > 0).Should().OnlyContain(value => value == 255 / 29);
    }

    [Fact]
    public void A_trail_runs_straight_and_fades_in_a_direction_up_to_45_degrees_off_the_horizontal()
    {
        List<double> directions = [];
        for (int i = 0; i < 200; i++)
        {
            var point = Pictures.Plain(101, 101, 0, 0, 0);
            point.Pixels.AsSpan(3 * ((50 * 101) + 50), 3).Fill(255);
            var image = new Corruption(CorruptionKind.MotionBlur, 2).Apply(point, SampleRandom.For(0, 0, i));
            var lit = Enumerable.Range(0, 101 * 101).Where(at => image.Pixels[3 * at] > 0).Select(at => (X: (at % 101) - 50, Y: (at / 101) - 50)).ToArray();

            // A point leaves its trail against the direction in which neighbours are looked up.
            var far = lit.MinBy(at => at.X);
            directions.Add(Math.Atan2(far.Y, -far.X) * 180 / Math.PI);
            lit.Should().Contain((0, 0)).And.OnlyContain(at => Math.Abs((at.X * (double)far.Y) - (at.Y * (double)far.X)) <= 1.5 * Math.Sqrt((far.X * far.X) + (far.Y * far.Y)));
            image.Pixels[3 * ((50 * 101) + 50)].Should().BeGreaterThan((byte)(2 * image.Pixels[3 * (((50 + far.Y) * 101) + 50 + far.X)]));
        }

        directions.Should().OnlyContain(degrees => Math.Abs(degrees) < 48);
        directions.Min().Should().BeLessThan(-35);
        directions.Max().Should().BeGreaterThan(35);
    }

    [Fact]
    public void A_mirrored_border_may_be_wider_than_the_picture()
    {
        var image = new RgbImage(3, 2, [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6]);
        using var padded = new PaddedPixels(Pictures.Canvas(image), 5, Border.Mirrored);

        Reds(padded.Row(0)).Should().Equal(2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2);
        Reds(padded.Row(-5)).Should().Equal(5, 4, 5, 6, 5, 4, 5, 6, 5, 4, 5, 6, 5);
        Reds(padded.Row(6)).Should().Equal(2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2);

        static float[] Reds(ReadOnlySpan<float> row) => [.. row.ToArray().Where((_, i) => i % 3 == 0)];
    }
}

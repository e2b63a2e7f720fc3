namespace ResNet.Training.Tests.Augmentation;

public class ColorJitterTests
{
    [Fact]
    public void Nothing_changes_by_default()
    {
        var image = Pictures.Reference();

        new ColorJitter().Apply(image, new SampleRandom(0)).Pixels.Should().Equal(image.Pixels);
    }

    [Fact]
    public void Factors_are_uniform_about_1()
    {
        // Rounded down: a factor from 0.6 to 1.4 makes 60 to 139 of 100, all equally likely.
        var image = Pictures.Plain(1, 1, 100, 100, 100);
        int[] counts = new int[80];
        for (int i = 0; i < 16_000; i++)
        {
            counts[new ColorJitter { Brightness = 0.4 }.Apply(image, SampleRandom.For(1, 0, i)).Pixels[0] - 60]++;
        }

        // 79 degrees of freedom: mean 79, standard deviation 12.6.
        Pictures.ChiSquared(counts).Should().BeInRange(35, 135);
    }

    [Fact]
    public void Factors_are_never_negative()
    {
        var image = Pictures.Plain(1, 1, 100, 100, 100);

        var seen = Enumerable.Range(0, 2000).Select(i => new ColorJitter { Brightness = 3 }.Apply(image, SampleRandom.For(0, 0, i)).Pixels[0]).ToList();

        seen.Count(value => value < 100).Should().BeInRange(430, 570, "a quarter of the factors from 0 to 4 is below 1");
    }

    [Fact]
    public void Both_orders_of_two_changes_come_up_equally_often()
    {
        var image = Pictures.Reference();
        int brightnessFirst = 0;
        for (int i = 0; i < 2000; i++)
        {
            var random = SampleRandom.For(0, 0, i);
            _ = (random.Next(4), random.Next(3), random.Next(2));
            double brightness = 0.5 + random.NextDouble(), contrast = 0.5 + random.NextDouble();
            byte[] result = new ColorJitter { Brightness = 0.5, Contrast = 0.5 }.Apply(image, SampleRandom.For(0, 0, i)).Pixels;
            byte[] one = Pictures.After(image, canvas =>
            {
                ColorAdjustment.Brightness(canvas, brightness);
                ColorAdjustment.Contrast(canvas, contrast);
            });
            byte[] other = Pictures.After(image, canvas =>
            {
                ColorAdjustment.Contrast(canvas, contrast);
                ColorAdjustment.Brightness(canvas, brightness);
            });
            bool isOne = result.AsSpan().SequenceEqual(one);
            (isOne || result.AsSpan().SequenceEqual(other)).Should().BeTrue();
            brightnessFirst += isOne ? 1 : 0;
        }

        brightnessFirst.Should().BeInRange(900, 1100);
    }

    [Fact]
    public void Amounts_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new ColorJitter { Hue = 0.6 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Hue must be a number from 0 to 0.5.*");
        FluentActions.Invoking(() => new ColorJitter { Saturation = -0.1 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Saturation must be a finite number of at least 0.*");
        FluentActions.Invoking(() => new ColorJitter { Contrast = double.NaN }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ColorJitter { Brightness = double.PositiveInfinity }).Should().Throw<ArgumentOutOfRangeException>();
    }
}

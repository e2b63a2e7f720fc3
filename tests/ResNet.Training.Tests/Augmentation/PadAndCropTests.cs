using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class PadAndCropTests
{
    [Theory]
    [InlineData(5, 4, 2)]
    [InlineData(3, 3, 4)]
    [InlineData(1, 6, 1)]
    [InlineData(2, 2, 9)]
    public void The_result_is_a_window_of_the_padded_picture(int width, int height, int padding)
    {
        var image = TinyDataset.Picture(1, width, height);
        var transform = new PadAndCrop { Padding = padding };
        var windows = new HashSet<string>(
            from y in Enumerable.Range(-padding, (2 * padding) + 1)
            from x in Enumerable.Range(-padding, (2 * padding) + 1)
            select Convert.ToHexString(Window(image, x, y)));

        var seen = Enumerable.Range(0, 4000).Select(i => Convert.ToHexString(transform.Apply(image, SampleRandom.For(0, 0, i)).Pixels)).ToHashSet();

        seen.Should().BeSubsetOf(windows);
        seen.Count.Should().BeGreaterThan((int)(0.98 * windows.Count), "every place comes up");
    }

    [Fact]
    public void All_81_places_of_the_papers_padding_are_equally_likely()
    {
        var image = TinyDataset.Picture(0, 32, 32);
        for (int i = 0; i < image.Pixels.Length; i += 3)
        {
            (image.Pixels[i], image.Pixels[i + 1]) = ((byte)(1 + (i / 3 % 32)), (byte)(1 + (i / 96)));
        }

        int[,] counts = new int[9, 9];
        for (int i = 0; i < 81_000; i++)
        {
            // The middle of the window is never padding; its colour tells where it lay.
            byte[] pixels = new PadAndCrop().Apply(image, SampleRandom.For(3, 1, i)).Pixels;
            int middle = 3 * ((16 * 32) + 16);
            counts[pixels[middle] - 17 + 4, pixels[middle + 1] - 17 + 4]++;
        }

        // Chi-squared with 80 degrees of freedom: mean 80, standard deviation 12.6.
        counts.Cast<int>().Sum(count => (count - 1000.0) * (count - 1000.0) / 1000).Should().BeInRange(30, 145);
    }

    [Fact]
    public void No_padding_changes_nothing()
    {
        var image = TinyDataset.Picture(0);

        new PadAndCrop { Padding = 0 }.Apply(image, new SampleRandom(0)).Pixels.Should().Equal(image.Pixels);
        FluentActions.Invoking(() => new PadAndCrop { Padding = -1 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static byte[] Window(RgbImage image, int left, int top)
    {
        byte[] pixels = new byte[image.Pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = (i / 3 % image.Width) + left;
            int y = (i / 3 / image.Width) + top;
            bool inside = x >= 0 && x < image.Width && y >= 0 && y < image.Height;
            pixels[i] = inside ? image.Pixels[(3 * ((y * image.Width) + x)) + (i % 3)] : (byte)0;
        }

        return pixels;
    }
}

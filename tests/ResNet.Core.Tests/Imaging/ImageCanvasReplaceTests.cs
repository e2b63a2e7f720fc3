using ResNet.Imaging;

namespace ResNet.Core.Tests.Imaging;

public class ImageCanvasReplaceTests
{
    [Fact]
    public void The_old_picture_is_as_it_was_read_and_the_new_one_is_written()
    {
        var image = new RgbImage(3, 2, [.. Enumerable.Range(0, 18).Select(i => (byte)i)]);
        var canvas = new ImageCanvas();
        canvas.Load(image);
        canvas.Mirror();
        canvas.Crop(1, 0, 2, 2);

        for (int i = 0; i < 3; i++)
        {
            byte[] before = canvas.Read().ToArray();
            Span<byte> pixels = canvas.Replace(out ReadOnlySpan<byte> old);
            old.SequenceEqual(before).Should().BeTrue();
            pixels.Overlaps(old).Should().BeFalse();
            for (int at = 0; at < pixels.Length; at++)
            {
                pixels[at] = (byte)(old[^(at + 1)] + 1);
            }
        }

        // Mirrored and cropped, the rows are 3 4 5 0 1 2 and 12 13 14 9 10 11; then turned around three times, and 3 more.
        (canvas.Width, canvas.Height).Should().Be((2, 2));
        canvas.Read().ToArray().Should().Equal(14, 13, 12, 17, 16, 15, 5, 4, 3, 8, 7, 6);
        image.Pixels.Should().Equal(Enumerable.Range(0, 18).Select(i => (byte)i));
    }
}

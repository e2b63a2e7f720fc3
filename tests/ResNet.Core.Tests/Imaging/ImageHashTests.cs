using ResNet.Imaging;

namespace ResNet.Core.Tests.Imaging;

public sealed class ImageHashTests
{
    [Fact]
    public void A_file_is_known_by_the_beginning_of_its_sha256()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathTo("abc.jpg"), "abc");

        var hash = ImageHash.OfFile(folder.PathTo("abc.jpg"));

        hash.Should().Be(new ImageHash(ImageHashKind.File, 0xba7816bf8f01cfea));
        hash.ToString().Should().Be("ba7816bf8f01cfea");
    }

    [Fact]
    public void Pixels_are_known_again_and_so_is_their_shape()
    {
        byte[] pixels = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];

        var hash = ImageHash.OfPixels(new RgbImage(4, 2, pixels));

        hash.Should().Be(ImageHash.OfPixels(new RgbImage(4, 2, [.. pixels])));
        hash.Should().NotBe(ImageHash.OfPixels(new RgbImage(2, 4, pixels)));
        hash.Should().NotBe(ImageHash.OfPixels(new RgbImage(4, 2, [.. pixels.Reverse()])));
    }
}

namespace ResNet.Imaging;

public sealed class ImageEncoderTests
{
    [Fact]
    public void A_saved_picture_is_read_back_unchanged_and_leaves_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("picture.png");
        File.WriteAllText(path, "what stood there before");
        RgbImage picture = TestPictures.Patterned(9, 7);
        ImageEncoder.SavePng(picture, path);
        ImageDecoder.Decode(path).Pixels.Should().Equal(picture.Pixels);
        Directory.GetFileSystemEntries(folder.Root).Should().Equal(path);
    }
}

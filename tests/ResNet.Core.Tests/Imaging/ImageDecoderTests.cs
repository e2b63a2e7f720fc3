using ResNet.TestSupport.Images;

namespace ResNet.Imaging;

public sealed class ImageDecoderTests
{
    private static readonly ImageDecodeOptions AsStored = new() { ApplyOrientation = false };

    public static TheoryData<string> Samples => [.. SamplePictures.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_format_gives_the_pixels_of_Pillow(string name)
    {
        (byte[] file, byte[] pixels) = SamplePictures.All[name];
        ImageDecoder.Decode(file, name).Pixels.Should().Equal(pixels);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 13)]
    [InlineData(2, 1)]
    [InlineData(5, 3)]
    [InlineData(6, 2)]
    [InlineData(7, 1)]
    [InlineData(3, 4001)]
    [InlineData(4099, 2)]
    public void Png_round_trip_keeps_pictures_of_every_shape(int width, int height)
    {
        RgbImage picture = TestPictures.Patterned(width, height);
        RgbImage decoded = ImageDecoder.Decode(ImageEncoder.ToPng(picture), "picture.png");
        (decoded.Width, decoded.Height).Should().Be((width, height));
        decoded.Pixels.Should().Equal(picture.Pixels);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 2)]
    [InlineData(6, 4)]
    public void Sixteen_bit_png_keeps_the_upper_byte(byte colorType, int channels)
    {
        byte[] row = [0, .. Enumerable.Range(0, 2 * 9 * channels).Select(i => (byte)((i * 37) + 11))];
        using var png = new PngBuilder(9, 1, bitDepth: 16, colorType);
        RgbImage decoded = ImageDecoder.Decode(png.Rows([row]).End(), "deep.png");

        IEnumerable<byte> expected = Enumerable.Range(0, 9).SelectMany(
            x => Enumerable.Range(0, 3).Select(c => row[1 + (2 * ((x * channels) + (channels >= 3 ? c : 0)))]));
        decoded.Pixels.Should().Equal(expected);
    }

    [Fact]
    public void Path_stream_and_bytes_give_the_same()
    {
        (byte[] file, byte[] pixels) = SamplePictures.All["jpeg"];
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("Katze über Zaun.txt");
        File.WriteAllBytes(path, file);
        ImageDecoder.Decode(path).Pixels.Should().Equal(pixels);

        using var stream = new MemoryStream([1, 2, 3, .. file]) { Position = 3 };
        ImageDecoder.Decode(stream, "stream").Pixels.Should().Equal(pixels);
        stream.CanRead.Should().BeTrue();
        ImageDecoder.Decode(file.AsSpan(), "bytes").Pixels.Should().Equal(pixels);
    }

    [Fact]
    public void Many_threads_decode_at_once()
    {
        string[] names = [.. SamplePictures.All.Keys];
        Parallel.For(0, 500, i =>
        {
            (byte[] file, byte[] pixels) = SamplePictures.All[names[i % names.Length]];
            ImageDecoder.Decode(file, names[i % names.Length]).Pixels.AsSpan().SequenceEqual(pixels).Should().BeTrue();
        });
    }

    [Theory]
    [InlineData(1, "ABCDEF")]
    [InlineData(2, "CBAFED")]
    [InlineData(3, "FEDCBA")]
    [InlineData(4, "DEFABC")]
    [InlineData(5, "ADBECF")]
    [InlineData(6, "DAEBFC")]
    [InlineData(7, "FCEBDA")]
    [InlineData(8, "CFBEAD")]
    public void Exif_orientation_turns_the_picture_upright(byte orientation, string expected)
    {
        byte[] png = Oriented(orientation);
        RgbImage upright = ImageDecoder.Decode(png, "turned.png");
        (upright.Width, upright.Height).Should().Be(orientation >= 5 ? (2, 3) : (3, 2));
        Letters(upright).Should().Be(expected);
        Letters(ImageDecoder.Decode(png, "turned.png", AsStored)).Should().Be("ABCDEF");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Exif_orientation_of_a_jpeg_is_honoured_as_that_of_a_png(byte orientation)
    {
        (byte[] file, byte[] pixels) = SamplePictures.All["jpeg"];
        byte[] exif = [.. "Exif\0\0"u8, .. Exif(orientation)];
        byte[] jpeg = [.. file.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. file.AsSpan(2)];
        IEnumerable<byte[]> rows = pixels.Chunk(3 * 18).Select(row => (byte[])[0, .. row]);
        using var png = new PngBuilder(18, 10, bitDepth: 8, colorType: 2);

        RgbImage upright = ImageDecoder.Decode(jpeg, "turned.jpg");
        upright.Pixels.Should().Equal(ImageDecoder.Decode(png.Chunk("eXIf"u8, Exif(orientation)).Rows(rows).End(), "turned.png").Pixels);
        ImageDecoder.Decode(jpeg, "turned.jpg", AsStored).Pixels.Should().Equal(pixels);
    }

    [Fact]
    public void Damaged_exif_means_as_stored()
    {
        foreach (byte[] exif in new byte[][] { [], [1, 2, 3], [.. "II*\0"u8, 255, 255, 255, 255], Exif(0), Exif(9), Exif(6)[..^8] })
        {
            using var png = new PngBuilder(3, 2, bitDepth: 8, colorType: 0);
            Letters(ImageDecoder.Decode(png.Chunk("eXIf"u8, exif).Rows(StoredRows).End(), "odd.png")).Should().Be("ABCDEF");
        }
    }

    private static byte[][] StoredRows => [[0, .. "ABC"u8], [0, .. "DEF"u8]];

    [Fact]
    public void The_size_is_told_by_the_head_of_a_file_of_every_kind()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("picture");
        foreach (byte[] file in SamplePictures.All.Values.Select(sample => sample.File))
        {
            File.WriteAllBytes(path, file);
            var image = ImageDecoder.Decode(path);
            ImageDecoder.ReadSize(path, options: null).Should().Be((image.Width, image.Height));
        }

        for (byte orientation = 1; orientation <= 8; orientation++)
        {
            File.WriteAllBytes(path, Oriented(orientation));
            ImageDecoder.ReadSize(path, options: null).Should().Be(orientation >= 5 ? (2, 3) : (3, 2));
            ImageDecoder.ReadSize(path, AsStored).Should().Be((3, 2));
        }
    }

    [Fact]
    public void What_is_no_picture_has_no_size()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("text");
        File.WriteAllText(path, "this is no picture");

        ImageDecoder.ReadSize(path, options: null).Should().BeNull();
        File.WriteAllText(path, "");
        ImageDecoder.ReadSize(path, options: null).Should().BeNull();
        FluentActions.Invoking(() => ImageDecoder.ReadSize(folder.PathTo("none"), options: null)).Should().Throw<FileNotFoundException>();
    }

    private static byte[] Oriented(byte orientation)
    {
        using var png = new PngBuilder(3, 2, bitDepth: 8, colorType: 0);
        return png.Chunk("eXIf"u8, Exif(orientation)).Rows(StoredRows).End();
    }

    private static byte[] Exif(byte orientation) =>
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];

    private static string Letters(RgbImage image) => new([.. image.Pixels.Where((_, i) => i % 3 == 0).Select(b => (char)b)]);
}

using System.Text;
using ResNet.TestSupport.Images;

namespace ResNet.Imaging;

/// <summary>What a PNG holds besides pixels costs no time, and changes no pixel.</summary>
public sealed class PngPartsTests
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_large_chunk_without_pixels_takes_no_quadratic_time()
    {
        // The codec alone takes minutes of processor time for it.
        byte[] file = Png(("tEXt", new byte[16 << 20]));

        var decoding = Task.Run(() => ImageDecoder.Decode(file, "x"));

        (await decoding.WaitAsync(Watchdog)).Pixels.Should().Equal(ImageDecoder.Decode(Png(), "x").Pixels);
    }

    [Theory]
    [InlineData("iCCP")]
    [InlineData("iTXt")]
    [InlineData("gAMA")]
    [InlineData("abCd")]
    public void Large_chunks_of_any_name_are_left_out(string name) =>
        PartsOf(Png((name, new byte[100_000]))).Needed!.Sum(part => part.Length).Should().Be(Png().Length);

    [Fact]
    public void What_is_small_reaches_the_codec_as_it_is() => PartsOf(Png(("tEXt", new byte[1000]), ("iCCP", new byte[3000]))).Needed.Should().BeNull();

    [Theory]
    [InlineData("png, alpha")]
    [InlineData("png, palette with a transparent entry")]
    [InlineData("png, grey with alpha")]
    public void Pixels_palette_and_transparency_stay(string name)
    {
        (byte[] file, byte[] pixels) = SamplePictures.All[name];

        ImageDecoder.Decode(WithChunk(file, "tEXt", new byte[200_000]), "x").Pixels.Should().Equal(pixels);
    }

    [Fact]
    public void Colour_chunks_change_no_pixel()
    {
        byte[] plain = Png();
        byte[] coloured = Png(("gAMA", [0, 0, 0x30, 0]), ("sRGB", [0]), ("cHRM", new byte[32]));

        ImageDecoder.Decode(coloured, "x").Pixels.Should().Equal(ImageDecoder.Decode(plain, "x").Pixels);
    }

    [Fact]
    public void The_orientation_is_found_beside_a_large_chunk()
    {
        byte[] onItsSide = [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];

        var image = ImageDecoder.Decode(Png(("tEXt", new byte[200_000]), ("eXIf", onItsSide)), "x");

        (image.Width, image.Height).Should().Be((4, 5));
    }

    [Fact]
    public void A_chunk_that_says_more_than_is_there_is_named()
    {
        byte[] file = Png(("tEXt", new byte[5000]));
        int chunk = file.AsSpan().IndexOf("tEXt"u8) - 4;
        file[chunk] = 0x7F;

        ((Action)(() => ImageDecoder.Decode(file, "x"))).Should().Throw<ImageFormatException>().WithMessage(
            $"x: the chunk tEXt at byte {chunk} says {0x7F001388} bytes, but the PNG ends before: it is damaged or cut off; fetch or save the file again.");
    }

    [Theory]
    [InlineData("ABCD")]
    [InlineData("IHDR")]
    public void Large_chunks_that_would_be_needed_are_refused(string name) =>
        ((Action)(() => ImageDecoder.Decode(Png((name, new byte[2000])), "x"))).Should().Throw<ImageFormatException>().WithMessage(
            $"x: the chunk {name} at byte 33 has 2000 bytes, where at most 1024 can be*");

    [Fact]
    public void A_file_of_which_little_is_pixels_is_refused() =>
        ((Action)(() => ImageDecoder.Decode(Png(("tEXt", new byte[65 << 20])), "x"))).Should().Throw<ImageFormatException>()
            .WithMessage("*besides its pixels, of which at most 67108864 are read*").Which.IsTooLarge.Should().BeTrue();

    [Fact]
    public async Task A_large_file_is_walked_as_well()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("x.png");
        File.WriteAllBytes(path, Png(("tEXt", new byte[40 << 20])));

        var decoding = Task.Run(() => ImageDecoder.Decode(path));

        (await decoding.WaitAsync(Watchdog)).Width.Should().Be(5);
        ImageDecoder.ReadSize(path, options: null).Should().Be((5, 4));
    }

    private static ImageFileParts PartsOf(byte[] file) => ImageFileParts.Of(new MemoryStream(file), "x", headOnly: false, CancellationToken.None);

    private static byte[] WithChunk(byte[] png, string name, byte[] data)
    {
        using var one = new PngBuilder(1, 1, 8, 2);
        const int HeaderEnd = 33, EndChunk = 12;
        byte[] chunk = one.Chunk(Encoding.ASCII.GetBytes(name), data).End()[HeaderEnd..^EndChunk];
        return [.. png.AsSpan(0, HeaderEnd), .. chunk, .. png.AsSpan(HeaderEnd)];
    }

    private static byte[] Png(params (string Name, byte[] Data)[] chunks)
    {
        using var png = new PngBuilder(5, 4, bitDepth: 8, colorType: 2);
        foreach (var (name, data) in chunks)
        {
            png.Chunk(Encoding.ASCII.GetBytes(name), data);
        }

        return png.Rows(Enumerable.Range(0, 4).Select(y => new byte[] { 0 }.Concat(Enumerable.Range(0, 15).Select(x => (byte)((17 * x) + (40 * y)))).ToArray())).End();
    }
}

using System.Buffers.Binary;
using ResNet.TestSupport.Images;
using SkiaSharp;

namespace ResNet.Imaging;

public sealed class ImageDecoderFaultTests
{
    public static TheoryData<string> Samples => [.. SamplePictures.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_file_cut_off_anywhere_is_an_error_or_the_whole_picture(string name)
    {
        (byte[] file, byte[] pixels) = SamplePictures.All[name];
        int refused = 0;
        for (int length = 0; length < file.Length; length++)
        {
            try
            {
                ImageDecoder.Decode(file.AsSpan(0, length), name).Pixels.Should().Equal(pixels, "it was cut at {0}", length);
            }
            catch (ImageFormatException e)
            {
                e.ImageName.Should().Be(name);
                refused++;
            }
        }

        refused.Should().BeGreaterThan(file.Length / 3);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("jpeg, grey")]
    [InlineData("jpeg, progressive")]
    [InlineData("png, alpha")]
    [InlineData("webp, lossy")]
    public void A_picture_without_its_last_third_says_that_it_is_cut_off(string name)
    {
        byte[] file = SamplePictures.All[name].File;
        Action decode = () => ImageDecoder.Decode(file.AsSpan(0, file.Length * 2 / 3), "half.img");
        decode.Should().Throw<ImageFormatException>().WithMessage("half.img: *cut off*");
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_half_downloaded_photo_is_never_a_picture_with_a_grey_bottom(SKEncodedImageFormat format)
    {
        using SKBitmap bitmap = SKBitmap.Decode(ImageEncoder.ToPng(TestPictures.Patterned(400, 300)));
        using SKData data = bitmap.Encode(format, 90);
        byte[] file = data.ToArray();
        for (int part = 1; part < 40; part++)
        {
            Action decode = () => ImageDecoder.Decode(file.AsSpan(0, file.Length * part / 40), "half.img");
            decode.Should().Throw<ImageFormatException>().WithMessage("half.img: *cut off*");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Damaged_files_never_throw_anything_else(string name)
    {
        byte[] file = SamplePictures.All[name].File;
        var random = new Random(7);
        var options = new ImageDecodeOptions { MaxPixelCount = 1_000_000 };
        for (int mutant = 0; mutant < 200; mutant++)
        {
            byte[] damaged = [.. file];
            for (int change = 0; change <= mutant % 4; change++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                ImageDecoder.Decode(damaged, name, options);
            }
            catch (ImageFormatException)
            {
                // The damage was noticed; that not all can be lies in the formats.
            }
        }
    }

    [Theory]
    [InlineData("", "x: expected a JPEG, PNG, BMP, GIF or WebP picture, but found nothing: it is empty; give another file.")]
    [InlineData("hello, world", "*found text that begins with \"hello, world\"*")]
    [InlineData("<!DOCTYPE html>\n<title>404</title>", "*found HTML that begins with \"<!DOCTYPE html> <title>4\"*")]
    [InlineData("<?xml version=\"1.0\"?><svg/>", "*found XML or SVG that begins with*")]
    [InlineData("%PDF-1.7", "*found a PDF document*")]
    [InlineData("GIF89a", "*found the start of a GIF whose header is damaged or cut off*")]
    [InlineData("BM is a word", "*found text that begins with \"BM is a word\"*")]
    [InlineData("\0\0\0 ftypheic", "*found a HEIC picture*")]
    [InlineData("\u0001\u0002\u0003", "*found unknown bytes (first 010203)*")]
    public void What_is_no_picture_is_named(string content, string message)
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes(content);
        Action decode = () => ImageDecoder.Decode(bytes, "x");
        decode.Should().Throw<ImageFormatException>().WithMessage(message);
    }

    [Fact]
    public void Formats_that_are_not_promised_are_refused()
    {
        byte[] bmp = [0x28, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            1, 2, 3, 255, 0, 0, 0, 0];
        byte[] ico = [0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 32, 0, (byte)bmp.Length, 0, 0, 0, 22, 0, 0, 0, .. bmp];
        Action decode = () => ImageDecoder.Decode(ico, "favicon.ico");
        decode.Should().Throw<ImageFormatException>().WithMessage("favicon.ico: expected a JPEG*found a Windows icon; give another file.");
    }

    [Fact]
    public void Missing_files_are_told_apart_from_damaged_ones()
    {
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "cat.jpg");
        ((Action)(() => ImageDecoder.Decode(missing))).Should().Throw<FileNotFoundException>().WithMessage("*cat.jpg does not exist; check the name*");
        ((Action)(() => ImageDecoder.Decode(""))).Should().Throw<FileNotFoundException>().WithMessage("No file name was given*");
        ((Action)(() => ImageDecoder.Decode(Path.GetTempPath()))).Should().Throw<FileNotFoundException>().WithMessage("*is a folder*");
    }

    [Fact]
    public void A_decompression_bomb_is_refused_before_memory_is_taken()
    {
        using var png = new PngBuilder(50_000, 40_000, bitDepth: 8, colorType: 2);
        byte[] bomb = png.Rows([new byte[100]]).End();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Action decode = () => ImageDecoder.Decode(bomb, "bomb.png");
        decode.Should().Throw<ImageFormatException>().WithMessage(
            "bomb.png: the header says 50000x40000, 2000000000 pixels, but at most 178956970 are allowed; "
            + "raise ImageDecodeOptions.MaxPixelCount if the file can be trusted.");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);

        Action withoutLimit = () => ImageDecoder.Decode(bomb, "bomb.png", new ImageDecodeOptions { MaxPixelCount = null });
        withoutLimit.Should().Throw<ImageFormatException>().WithMessage("*no array holds more than*");
    }

    [Fact]
    public void The_pixel_limit_can_be_set()
    {
        (byte[] file, byte[] pixels) = SamplePictures.All["jpeg"];
        Action tooMany = () => ImageDecoder.Decode(file, "x", new ImageDecodeOptions { MaxPixelCount = 179 });
        tooMany.Should().Throw<ImageFormatException>().WithMessage("*18x10, 180 pixels*at most 179*");
        ImageDecoder.Decode(file, "x", new ImageDecodeOptions { MaxPixelCount = 180 }).Pixels.Should().Equal(pixels);
        ((Action)(() => _ = new ImageDecodeOptions { MaxPixelCount = 0 })).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_jpeg_that_claims_to_be_enormous_is_refused()
    {
        byte[] file = [.. SamplePictures.All["jpeg"].File];
        int frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), 65000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), 64000);
        Action decode = () => ImageDecoder.Decode(file, "x");
        decode.Should().Throw<ImageFormatException>().WithMessage("x: the header says 64000x65000*");
    }
}

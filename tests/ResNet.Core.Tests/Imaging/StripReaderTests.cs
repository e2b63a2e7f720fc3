using System.Buffers.Binary;
using ResNet.TestSupport.Images;
using SkiaSharp;

namespace ResNet.Imaging;

public sealed class StripReaderTests
{
    private const int Width = 37;
    private const int Height = 53;

    public static TheoryData<string> Kinds => ["png", "png, interlaced", "bmp", "bmp, top down", "jpeg", "webp, lossy", "webp, lossless"];

    /// <summary>Strips of two rows, of some, and the whole at once.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Strips_of_any_height_give_the_same_picture(string kind)
    {
        byte[] file = Encode(kind);
        byte[] whole = Read(file, stripRows: Height).Pixels;
        Read(file, stripRows: 1).Pixels.Should().Equal(whole);
        Read(file, stripRows: 7).Pixels.Should().Equal(whole);
        Read(file, stripRows: 30).Pixels.Should().Equal(whole);
        if (!kind.Contains("lossy", StringComparison.Ordinal) && kind != "jpeg")
        {
            whole.Should().Equal(TestPictures.Patterned(Width, Height).Pixels);
        }
    }

    [Fact]
    public void Files_too_large_to_be_held_are_read_piece_by_piece()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("grün.bmp");
        RgbImage picture = TestPictures.Patterned(4000, 2801);
        File.WriteAllBytes(path, Bmp(picture, isTopDown: false));
        ImageDecoder.Decode(path).Pixels.AsSpan().SequenceEqual(picture.Pixels).Should().BeTrue();

        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - 100);
        }

        ((Action)(() => ImageDecoder.Decode(path))).Should().Throw<ImageFormatException>().WithMessage("*grün.bmp: *cut off*");
    }

    private static RgbImage Read(byte[] file, int stripRows)
    {
        using SKData data = SKData.CreateCopy(file);
        using SKCodec codec = SKCodec.Create(data);
        var info = new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var target = new PixelTarget(Width, Height, SKEncodedOrigin.TopLeft);
        StripReader.Read(codec, info, target, stripRows * info.RowBytes).Should().Be(SKCodecResult.Success);
        return target.ToImage();
    }

    private static byte[] Encode(string kind)
    {
        RgbImage picture = TestPictures.Patterned(Width, Height);
        using SKBitmap bitmap = SKBitmap.Decode(ImageEncoder.ToPng(picture));
        return kind switch
        {
            "png" => ImageEncoder.ToPng(picture),
            "png, interlaced" => InterlacedPng(picture),
            "jpeg" => bitmap.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray(),
            "webp, lossy" => bitmap.Encode(SKEncodedImageFormat.Webp, 90).ToArray(),
            "webp, lossless" => bitmap.PeekPixels().Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 50))!.ToArray(),
            _ => Bmp(picture, kind == "bmp, top down"),
        };
    }

    private static byte[] Bmp(RgbImage picture, bool isTopDown)
    {
        int stride = ((3 * picture.Width) + 3) / 4 * 4;
        var file = new byte[54 + (stride * picture.Height)];
        "BM"u8.CopyTo(file);
        int[] header = [file.Length, 0, 54, 40, picture.Width, isTopDown ? -picture.Height : picture.Height, 1 | (24 << 16)];
        for (int i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2 + (4 * i)), header[i]);
        }

        for (int y = 0; y < picture.Height; y++)
        {
            Span<byte> row = file.AsSpan(54 + (stride * (isTopDown ? y : picture.Height - 1 - y)), stride);
            for (int i = 0; i < 3 * picture.Width; i++)
            {
                row[(i / 3 * 3) + 2 - (i % 3)] = picture.Row(y)[i];
            }
        }

        return file;
    }

    private static byte[] InterlacedPng(RgbImage picture)
    {
        (int X, int Y, int StepX, int StepY)[] passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        var rows = new List<byte[]>();
        foreach ((int firstX, int firstY, int stepX, int stepY) in passes)
        {
            for (int y = firstY; y < picture.Height; y += stepY)
            {
                List<byte> row = [0];
                for (int x = firstX; x < picture.Width; x += stepX)
                {
                    row.AddRange(picture.Row(y).Slice(3 * x, 3));
                }

                rows.Add([.. row]);
            }
        }

        using var png = new PngBuilder(picture.Width, picture.Height, bitDepth: 8, colorType: 2, isInterlaced: true);
        return png.Rows(rows).End();
    }
}

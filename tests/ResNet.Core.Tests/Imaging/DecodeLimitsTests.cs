using System.Buffers.Binary;
using ResNet.TestSupport.Images;

namespace ResNet.Imaging;

/// <summary>Pixels, bytes, memory and time are bounded by what the header says, before any is taken.</summary>
public sealed class DecodeLimitsTests
{
    private static readonly byte[] Jpeg = SamplePictures.All["jpeg"].File;
    private static readonly byte[] Progressive = SamplePictures.All["jpeg, progressive"].File;

    [Fact]
    public void A_stream_is_read_no_further_than_allowed()
    {
        using var stream = new EndlessStream();

        ((Action)(() => ImageDecoder.Decode(stream, "the upload", new ImageDecodeOptions { MaxByteCount = 1_000_000 }))).Should().Throw<ImageFormatException>()
            .WithMessage("the upload: it has more than * bytes, but at most 1000000 are allowed; raise ImageDecodeOptions.MaxByteCount if it can be trusted.")
            .Which.IsTooLarge.Should().BeTrue();
        stream.ReadCount.Should().BeLessThan(1_200_000);
    }

    [Fact]
    public void Files_bytes_and_streams_have_the_same_limit()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("x.jpg");
        File.WriteAllBytes(path, Jpeg);
        var exact = new ImageDecodeOptions { MaxByteCount = Jpeg.Length };
        var less = new ImageDecodeOptions { MaxByteCount = Jpeg.Length - 1 };
        foreach (var decode in new Func<ImageDecodeOptions, RgbImage>[]
                 {
                     options => ImageDecoder.Decode(path, options), options => ImageDecoder.Decode(Jpeg, "x", options),
                     options => ImageDecoder.Decode(new MemoryStream(Jpeg), "x", options),
                 })
        {
            decode(exact).Width.Should().Be(18);
            ((Action)(() => decode(less))).Should().Throw<ImageFormatException>().WithMessage($"*{Jpeg.Length} bytes, but at most {Jpeg.Length - 1} are allowed*");
        }
    }

    [Theory]
    [InlineData("jpeg", false)]
    [InlineData("jpeg, progressive", true)]
    public void Coefficients_of_progressive_jpegs_count_as_memory(string name, bool isRefused)
    {
        // 20 megapixels: 60 MB of pixels, and 120 MB of coefficients.
        byte[] file = Sized(SamplePictures.All[name].File, 5000, 4000);
        var decode = () => ImageDecoder.Decode(file, "x", new ImageDecodeOptions { MaxMemorySize = 100 << 20 });

        if (isRefused)
        {
            decode.Should().Throw<ImageFormatException>().WithMessage("*decoding 5000x4000 pixels of this kind of Jpeg takes 171 MiB, but at most 100 are allowed*");
        }
        else
        {
            decode.Should().NotThrow("a plain one is held in strips of rows");
        }
    }

    [Fact]
    public void Scans_cost_time_and_are_bounded()
    {
        byte[] file = Sized(Progressive, 5000, 4000);
        int scan = LastScan(file);
        byte[] scans = [.. file.AsSpan(0, scan), .. Enumerable.Repeat(file[scan..^2], 300).SelectMany(bytes => bytes), 0xFF, 0xD9];

        ((Action)(() => ImageDecoder.Decode(scans, "x"))).Should().Throw<ImageFormatException>().WithMessage("x: it goes over its 20000000 pixels 3* times, in as many scans*");
        ImageDecoder.Decode(Progressive, "x").Pixels.Should().Equal(SamplePictures.All["jpeg, progressive"].Pixels);
    }

    [Fact]
    public void Segments_of_a_jpeg_are_bounded()
    {
        byte[] segment = new byte[65_537];
        (segment[0], segment[1], segment[2], segment[3]) = (0xFF, 0xE1, 0xFF, 0xFF);
        using var file = new MemoryStream();
        file.Write(Jpeg.AsSpan(0, 2));
        for (int i = 0; i < 1100; i++)
        {
            file.Write(segment);
        }

        file.Write(Jpeg.AsSpan(2));

        ((Action)(() => ImageDecoder.Decode(file.ToArray(), "x"))).Should().Throw<ImageFormatException>().WithMessage("*besides its pixels*");
    }

    [Fact]
    public void Cancelling_ends_every_way_of_decoding()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("x.jpg");
        File.WriteAllBytes(path, Jpeg);
        var cancelled = new CancellationToken(canceled: true);
        foreach (var decode in new Action[]
                 {
                     () => ImageDecoder.Decode(path, options: null, cancelled), () => ImageDecoder.Decode(Jpeg, "x", options: null, cancelled),
                     () => ImageDecoder.Decode(new MemoryStream(Jpeg), "x", options: null, cancelled),
                     () => ImageDecoder.Decode(path, new ImageCanvas(), options: null, cancelled),
                 })
        {
            decode.Should().Throw<OperationCanceledException>();
        }
    }

    [Fact]
    public void Limits_below_one_are_refused()
    {
        ((Action)(() => _ = new ImageDecodeOptions { MaxByteCount = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _ = new ImageDecodeOptions { MaxMemorySize = 0 })).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static byte[] Sized(byte[] jpeg, int width, int height)
    {
        byte[] file = [.. jpeg];
        int frame = Math.Max(file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]), file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), (ushort)width);
        return file;
    }

    private static int LastScan(byte[] jpeg) => jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);

    private sealed class EndlessStream : MemoryStream
    {
        public long ReadCount { get; private set; }

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            ReadCount += buffer.Length;
            return buffer.Length;
        }
    }
}

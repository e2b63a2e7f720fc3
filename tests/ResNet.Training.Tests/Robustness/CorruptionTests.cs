using ResNet.Imaging;
using ResNet.Training.Tests.Augmentation;

namespace ResNet.Training.Tests.Robustness;

/// <summary>What holds for all corruptions.</summary>
public sealed class CorruptionTests
{
    public static TheoryData<CorruptionKind> Kinds => new(Corruption.AllKinds);

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void A_photo_gets_worse_with_every_severity(CorruptionKind kind)
    {
        string photo = Oracle.PathTo("photos", "n02123045_tabby.JPEG");
        Skip.IfNot(File.Exists(photo), "needs ../shared/photos");
        var large = Preprocessing.ImageNet.Apply(ImageDecoder.Decode(photo));

        double[] ratios = Ratios(large, kind);

        ratios.Should().BeInDescendingOrder().And.OnlyHaveUniqueItems().And.OnlyContain(ratio => ratio > 5 && ratio < 60);
    }

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void A_photo_of_32_pixels_gets_worse_too(CorruptionKind kind)
    {
        string photo = Oracle.PathTo("photos", "n02123045_tabby.JPEG");
        Skip.IfNot(File.Exists(photo), "needs ../shared/photos");

        double[] ratios = Ratios(ImageResizer.Resize(ImageDecoder.Decode(photo), 32, 32, ResizeFilter.Bilinear), kind);

        ratios[0].Should().BeGreaterThan(ratios[^1]);
        if (kind != CorruptionKind.Pixelate)
        {
            // 32 pixels hit a grid of 28, of severity 2, worse than one of 27.
            ratios.Should().BeInDescendingOrder();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_generator_gives_the_same_bytes_and_the_picture_stays(CorruptionKind kind)
    {
        var image = Pictures.Reference(41, 33);
        var corruption = new Corruption(kind, 4);
        byte[] expected = corruption.Apply(image, SampleRandom.For(3, 0, 8)).Pixels;
        var canvas = new ImageCanvas();

        // Larger and smaller pictures came before.
        foreach (int side in new[] { 80, 5, 41 })
        {
            canvas.Load(Pictures.Reference(side, side));
            corruption.Apply(canvas, SampleRandom.For(0, 0, side));
        }

        canvas.Load(image);
        corruption.Apply(canvas, SampleRandom.For(3, 0, 8));

        canvas.Read().ToArray().Should().Equal(expected);
        image.Pixels.Should().Equal(Pictures.Reference(41, 33).Pixels);
        (canvas.Width, canvas.Height).Should().Be((41, 33));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_noted_on_the_canvas_is_done_before(CorruptionKind kind)
    {
        var corruption = new Corruption(kind, 3);
        var canvas = new ImageCanvas();
        foreach (var note in Notes())
        {
            canvas.Load(Pictures.Reference(50, 40));
            note(canvas);
            var noted = canvas.ToImage();
            canvas.Load(Pictures.Reference(50, 40));
            note(canvas);

            corruption.Apply(canvas, new SampleRandom(2));

            canvas.Read().ToArray().Should().Equal(corruption.Apply(noted, new SampleRandom(2)).Pixels);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Moves_that_follow_see_the_corrupted_picture(CorruptionKind kind)
    {
        var canvas = Pictures.Canvas(Pictures.Reference(50, 40));
        new Corruption(kind, 3).Apply(canvas, new SampleRandom(2));
        var whole = canvas.ToImage();

        canvas.Crop(11, 7, 20, 30);

        canvas.Read().ToArray().Should().Equal(ImageCrop.At(whole, 11, 7, 20, 30).Pixels);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Many_threads_may_use_one(CorruptionKind kind)
    {
        var corruption = new Corruption(kind, 2);
        var image = Pictures.Reference(70, 66);
        var alone = Enumerable.Range(0, 16).Select(i => corruption.Apply(image, SampleRandom.For(0, 0, i)).Pixels).ToArray();

        var together = new byte[16][];
        Parallel.For(0, 16, i => together[i] = corruption.Apply(image, SampleRandom.For(0, 0, i)).Pixels);

        together.Should().BeEquivalentTo(alone, options => options.WithStrictOrdering());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Pictures_of_one_pixel_and_of_one_row_pass(CorruptionKind kind)
    {
        for (int severity = 1; severity <= Corruption.SeverityCount; severity++)
        {
            var corruption = new Corruption(kind, severity);
            foreach (var (width, height) in new[] { (1, 1), (1, 90), (90, 1), (2, 3), (65, 65) })
            {
                var result = corruption.Apply(Pictures.Reference(width, height), new SampleRandom(1));

                (result.Width, result.Height).Should().Be((width, height));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Little_is_allocated_for_a_picture_once_the_memory_is_there(CorruptionKind kind)
    {
        var image = Pictures.Reference(224, 224);
        var corruption = new Corruption(kind, 5);
        var canvas = new ImageCanvas();
        var random = new SampleRandom(0);
        Run(3);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Run(10);

        // A codec has a few managed objects around it; nothing else has any.
        long mostBytes = kind == CorruptionKind.Jpeg ? 10 * 4096 : 0;
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThanOrEqualTo(mostBytes);

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                canvas.Load(image);
                corruption.Apply(canvas, random);
                _ = canvas.Read();
            }
        }
    }

    [Theory]
    [InlineData(CorruptionKind.GaussianBlur)]
    [InlineData(CorruptionKind.DefocusBlur)]
    [InlineData(CorruptionKind.MotionBlur)]
    [InlineData(CorruptionKind.Contrast)]
    [InlineData(CorruptionKind.Pixelate)]
    public void A_plain_picture_stays_up_to_its_border(CorruptionKind kind)
    {
        foreach (var image in new[] { Pictures.Plain(80, 70, 255, 7, 101), Pictures.Plain(32, 32, 1, 254, 33) })
        {
            for (int severity = 1; severity <= Corruption.SeverityCount; severity++)
            {
                new Corruption(kind, severity).Apply(image, new SampleRandom(4)).Pixels.Should().Equal(image.Pixels);
            }
        }
    }

    [Fact]
    public void Pictures_of_at_most_64_pixels_have_strengths_of_their_own()
    {
        Flattened(64, 200).Should().BeLessThan(Flattened(65, 200), "CIFAR-10-C leaves more of the contrast");
        Flattened(200, 64).Should().BeLessThan(Flattened(65, 65));

        static double Flattened(int width, int height)
        {
            var image = Pictures.Reference(width, height);
            return image.Pixels.Zip(new Corruption(CorruptionKind.Contrast, 1).Apply(image, new SampleRandom(0)).Pixels, (a, b) => Math.Abs(a - b)).Average();
        }
    }

    [Fact]
    public void Wrong_kinds_and_severities_are_refused()
    {
        ((Action)(() => _ = new Corruption(CorruptionKind.Jpeg, 0))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Severity must be 1 to 5.*");
        ((Action)(() => _ = new Corruption(CorruptionKind.Jpeg, 6))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _ = new Corruption(CorruptionKind.Jpeg, 1) with { Severity = 7 })).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _ = new Corruption((CorruptionKind)99, 1))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Kind must be a value of CorruptionKind.*");
    }

    [Fact]
    public void Corruptions_are_equal_when_kind_and_severity_are_and_say_them() =>
        new Corruption(CorruptionKind.ShotNoise, 2).Should().Be(new Corruption(CorruptionKind.ShotNoise, 2))
            .And.NotBe(new Corruption(CorruptionKind.ShotNoise, 3))
            .And.Match(corruption => corruption.ToString() == "Corruption { Kind = ShotNoise, Severity = 2 }");

    private static Action<ImageCanvas>[] Notes() =>
    [
        canvas => canvas.Mirror(),
        canvas => canvas.Crop(3, 5, 31, 20),
        canvas => canvas.Crop(-4, -4, 58, 48),
        canvas => canvas.Resize(33, 21, ResizeFilter.Bicubic),
        canvas =>
        {
            canvas.ResizeShorterSide(90, ResizeFilter.Bilinear);
            canvas.Crop(10, 2, 70, 80);
            canvas.Mirror();
        },
        canvas =>
        {
            canvas.Crop(40, 30, 20, 20);
            canvas.Mirror();
            canvas.Crop(-3, 2, 12, 22);
        },
    ];

    private static double[] Ratios(RgbImage image, CorruptionKind kind) =>
        [.. Enumerable.Range(1, Corruption.SeverityCount).Select(severity => MeanRatio(image, new Corruption(kind, severity)))];

    /// <summary>Directions and noise differ from draw to draw; their mean over a few tells the severities apart.</summary>
    private static double MeanRatio(RgbImage image, Corruption corruption) =>
        Enumerable.Range(0, 5).Average(i => Psnr.Of(image, corruption.Apply(image, SampleRandom.For(0, 0, i))));
}

using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

/// <summary>What holds for all transforms.</summary>
public class EveryTransformTests
{
    public static TheoryData<string, ITransform> All => new()
    {
        { "ScaleJitter { ShorterSide = (256, 480), Filter = Bilinear }", new ScaleJitter() },
        { "RandomCrop { Size = 224, Filter = Bilinear }", new RandomCrop() },
        { "RandomResizedCrop { Size = 96, Scale = (0.08, 1), Ratio = (0.75, 1.25), Filter = Bicubic }",
            new RandomResizedCrop { Size = 96, Ratio = (0.75, 1.25), Filter = ResizeFilter.Bicubic } },
        { "PcaLighting { StdDev = 0.1 }", new PcaLighting() },
        { "ColorJitter { Brightness = 0.4, Contrast = 0.3, Saturation = 0.2, Hue = 0.1 }",
            new ColorJitter { Brightness = 0.4, Contrast = 0.3, Saturation = 0.2, Hue = 0.1 } },
        { "Grayscale { Probability = 0.1 }", new Grayscale() },
        { "TrivialAugmentWide { }", new TrivialAugmentWide() },
        { "RandAugment { OperationCount = 2, Magnitude = 9 }", new RandAugment() },
        { "RandomErasing { Probability = 0.5, Scale = (0.02, 0.33), Ratio = (0.3, 3.3), Fill = 124 116 104 }", new RandomErasing() },
        { "HorizontalFlip { Probability = 0.5 }", new HorizontalFlip() },
        { "PadAndCrop { Padding = 4 }", new PadAndCrop() },
        { "ScaleJitter { ShorterSide = (256, 480), Filter = Bilinear }, RandomCrop { Size = 224, Filter = Bilinear }, "
            + "HorizontalFlip { Probability = 0.5 }, PcaLighting { StdDev = 0.1 }", TransformChain.PaperImageNet },
        { "RandomResizedCrop { Size = 224, Scale = (0.08, 1), Ratio = (0.75, 1.3333333333333333), Filter = Bilinear }, "
            + "HorizontalFlip { Probability = 0.5 }", TransformChain.ImageNet },
        { "RandomResizedCrop { Size = 176, Scale = (0.08, 1), Ratio = (0.75, 1.3333333333333333), Filter = Bilinear }, "
            + "HorizontalFlip { Probability = 0.5 }, TrivialAugmentWide { }, "
            + "RandomErasing { Probability = 0.1, Scale = (0.02, 0.33), Ratio = (0.3, 3.3), Fill = 124 116 104 }", TransformChain.Modern },
        { "no transform", new TransformChain() },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void The_text_tells_all_settings(string text, ITransform transform) => transform.ToString().Should().Be(text);

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_generator_gives_the_same_bytes_whatever_was_on_the_canvas(string text, ITransform transform)
    {
        var image = Pictures.Reference(61, 47);
        var canvas = new ImageCanvas();
        for (int i = 0; i < 40; i++)
        {
            byte[] fresh = transform.Apply(image, SampleRandom.For(1, 2, i)).Pixels;
            canvas.Load(image);

            transform.Apply(canvas, SampleRandom.For(1, 2, i));

            canvas.Read().SequenceEqual(fresh).Should().BeTrue(text);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_picture_itself_is_never_written_to(string text, ITransform transform)
    {
        var image = Pictures.Reference(31, 23);
        byte[] before = [.. image.Pixels];
        var canvas = new ImageCanvas();
        for (int i = 0; i < 200; i++)
        {
            canvas.Load(image);
            transform.Apply(canvas, SampleRandom.For(0, 0, i));
            canvas.Edit().Fill(77);
        }

        image.Pixels.Should().Equal(before, text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_allocated_for_a_picture_once_the_memory_is_there(string text, ITransform transform)
    {
        var image = Pictures.Reference(61, 47);
        var canvas = new ImageCanvas();
        var random = new SampleRandom(0);
        Run();

        // A collection that another test sets off may count what is left of a thread's allocation buffer, so the least of some runs is looked at.
        Enumerable.Range(0, 5).Min(_ => Allocated()).Should().Be(0, text);

        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // The same pictures each time, so that no larger one comes up later.
        void Run()
        {
            for (int i = 0; i < 60; i++)
            {
                random.Restart(0, 0, i);
                canvas.Load(image);
                transform.Apply(canvas, random);
                _ = canvas.Read();
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Pictures_of_one_pixel_pass(string text, ITransform transform)
    {
        for (int i = 0; i < 100; i++)
        {
            transform.Invoking(t => t.Apply(Pictures.Plain(1, 1, 9, 8, 7), SampleRandom.For(0, 0, i))).Should().NotThrow(text);
        }
    }

    [Fact]
    public void Transforms_are_equal_when_their_settings_are()
    {
        new RandomResizedCrop { Scale = (0.1, 1) }.Should().Be(new RandomResizedCrop { Scale = (0.1, 1) }).And.NotBe(new RandomResizedCrop());
        new RandomErasing().Should().Be(new RandomErasing()).And.NotBe(new RandomErasing { Fill = ErasingFill.Black });
        TransformChain.PaperImageNet.Should().Be(new TransformChain(new ScaleJitter(), new RandomCrop(), new HorizontalFlip(), new PcaLighting()));
    }

    [Theory]
    [InlineData(224)]
    [InlineData(500)]
    public void Presets_end_with_the_size_that_they_promise(int width)
    {
        var image = Pictures.Reference(width, 100);

        Size(TransformChain.PaperImageNet).Should().Be((224, 224));
        Size(TransformChain.ImageNet).Should().Be((224, 224));
        Size(TransformChain.Modern).Should().Be((176, 176));

        (int Width, int Height) Size(TransformChain chain)
        {
            var result = chain.Apply(image, new SampleRandom(5));
            return (result.Width, result.Height);
        }
    }
}

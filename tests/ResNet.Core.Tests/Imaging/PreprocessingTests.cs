namespace ResNet.Imaging;

public sealed class PreprocessingTests
{
    private static readonly Preprocessing Bicubic8 =
        new() { ResizeShorterSide = 10, CropSize = 8, Filter = ResizeFilter.Bicubic, Normalization = Normalization.None };

    [Theory]
    [InlineData(50, 37)]
    [InlineData(37, 50)]
    [InlineData(10, 13)]
    [InlineData(8, 8)]
    [InlineData(1, 1)]
    [InlineData(3, 200)]
    public void Apply_is_resize_then_centre_crop(int width, int height)
    {
        RgbImage picture = TestPictures.Patterned(width, height);
        RgbImage expected = ImageCrop.Center(ImageResizer.ResizeShorterSide(picture, 10, ResizeFilter.Bicubic), 8, 8);
        Bicubic8.Apply(picture).Pixels.Should().Equal(expected.Pixels);
    }

    [Fact]
    public void Without_a_resize_only_the_middle_is_cut_out()
    {
        RgbImage picture = TestPictures.Patterned(41, 36);
        (Preprocessing.Cifar10 with { ResizeShorterSide = null }).Apply(picture).Pixels.Should().Equal(ImageCrop.Center(picture, 32, 32).Pixels);
    }

    [Fact]
    public void A_CIFAR_network_sees_a_whole_photo_and_native_images_untouched()
    {
        var paper = Preprocessing.PaperCifar10(PixelMean.Of([TestPictures.Patterned(32, 32)]));
        RgbImage photo = TestPictures.Patterned(563, 302);
        RgbImage seen = ImageCrop.Center(ImageResizer.ResizeShorterSide(photo, 32, ResizeFilter.Bilinear), 32, 32);
        RgbImage native = TestPictures.Patterned(32, 32);
        foreach (var preprocessing in new[] { Preprocessing.Cifar10, paper })
        {
            preprocessing.Apply(photo).Pixels.Should().Equal(seen.Pixels);
            preprocessing.Apply(native).Pixels.Should().Equal(native.Pixels);
        }
    }

    [Fact]
    public void Pictures_smaller_than_the_crop_are_enlarged_to_it()
    {
        RgbImage small = TestPictures.Patterned(20, 16);
        RgbImage expected = ImageCrop.Center(ImageResizer.Resize(small, 40, 32, ResizeFilter.Bilinear), 32, 32);
        Preprocessing.Cifar10.Apply(small).Pixels.Should().Equal(expected.Pixels);

        Preprocessing tight = Preprocessing.Cifar10 with { ResizeShorterSide = 5 };
        tight.Apply(small).Pixels.Should().Equal(expected.Pixels);
    }

    [Fact]
    public void A_picture_like_a_thread_costs_only_its_middle()
    {
        RgbImage thread = TestPictures.Flat(1, 200_000, 80);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Preprocessing.ImageNet.Apply(thread).Pixels.Should().OnlyContain(b => b == 80);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(32 << 20);
    }

    [Fact]
    public void Presets_are_those_of_torchvision()
    {
        (Preprocessing.ImageNet.ResizeShorterSide, Preprocessing.ImageNet.CropSize).Should().Be((256, 224));
        (Preprocessing.ImageNetV2.ResizeShorterSide, Preprocessing.ImageNetV2.CropSize).Should().Be((232, 224));
        (Preprocessing.Cifar10.ResizeShorterSide, Preprocessing.Cifar10.CropSize).Should().Be((32, 32));
        Preprocessing.ImageNet.Filter.Should().Be(ResizeFilter.Bilinear);
        Preprocessing.ImageNetV2.Normalization.Should().Be(Normalization.ImageNet);
    }

    [Theory]
    [InlineData(50, 37)]
    [InlineData(10, 11)]
    [InlineData(8, 8)]
    [InlineData(3, 2)]
    [InlineData(15, 400)]
    public void All_views_are_ten_crops_of_the_resized_picture(int width, int height)
    {
        RgbImage picture = TestPictures.Patterned(width, height);
        RgbImage resized = ImageResizer.ResizeShorterSide(picture, 10, ResizeFilter.Bicubic);

        var views = (Bicubic8 with { Crops = TestCrops.Ten }).ApplyAll(picture);

        views.Select(view => view.Pixels).Should().BeEquivalentTo(ImageCrop.Ten(resized, 8, 8).Select(crop => crop.Pixels), o => o.WithStrictOrdering());
    }

    [Fact]
    public void Ten_crops_of_a_picture_like_a_thread_cost_only_what_they_show()
    {
        RgbImage thread = TestPictures.Flat(1, 200_000, 80);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var views = (Preprocessing.ImageNet with { Crops = TestCrops.Ten }).ApplyAll(thread);
        views.Should().HaveCount(10);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(128 << 20);
    }

    [Fact]
    public void The_centre_crop_is_the_only_view_by_default()
    {
        RgbImage picture = TestPictures.Patterned(50, 37);
        Bicubic8.ApplyAll(picture).Should().ContainSingle().Which.Pixels.Should().Equal(Bicubic8.Apply(picture).Pixels);
        (Bicubic8 with { Crops = TestCrops.Ten }).Apply(picture).Pixels.Should().Equal(Bicubic8.Apply(picture).Pixels);
        ((Action)(() => _ = Bicubic8 with { Crops = (TestCrops)2 })).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void The_papers_preparation_subtracts_the_mean_at_each_pixel()
    {
        var mean = PixelMean.Of([TestPictures.Patterned(224, 224)]);
        var paper = Preprocessing.PaperImageNet(mean);
        (paper.ResizeShorterSide, paper.CropSize, paper.Filter, paper.Crops).Should().Be((256, 224, ResizeFilter.Bilinear, TestCrops.Center));
        paper.Normalization.PixelMean.Should().Be(mean);
        paper.Normalization.StdDev.Should().Equal(1f, 1f, 1f);
        (Preprocessing.PaperCifar10(mean).ResizeShorterSide, Preprocessing.PaperCifar10(mean).CropSize).Should().Be((32, 32));
    }

    [Fact]
    public void Equal_numbers_make_equal_preprocessings()
    {
        Preprocessing copy = Preprocessing.ImageNet with { Normalization = Normalization.ImageNet with { Mean = [0.485f, 0.456f, 0.406f] } };
        copy.Should().Be(Preprocessing.ImageNet);
        copy.GetHashCode().Should().Be(Preprocessing.ImageNet.GetHashCode());
        (copy with { CropSize = 223 }).Should().NotBe(Preprocessing.ImageNet);
    }

    [Fact]
    public void Sizes_below_one_are_refused()
    {
        ((Action)(() => _ = Preprocessing.ImageNet with { CropSize = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _ = Preprocessing.ImageNet with { ResizeShorterSide = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        (Preprocessing.ImageNet with { ResizeShorterSide = null }).ResizeShorterSide.Should().BeNull();
    }
}

using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights.Description;

/// <summary>The product of crop, views and channels is bounded, not each of them.</summary>
public sealed class DescribedInputTests
{
    [Theory]
    [InlineData(480, TestCrops.Center, 512)]
    [InlineData(320, TestCrops.Ten, 360)]
    [InlineData(224, TestCrops.Ten, 640)]
    public void What_networks_are_trained_and_tested_on_is_taken(int crop, TestCrops crops, int side)
    {
        var preprocessing = Preprocessing.ImageNet with { CropSize = crop, Crops = crops, ResizeShorterSide = side };
        foreach (var options in new[] { ResNetOptions.ResNet18, ResNetOptions.ResNet50, ResNetOptions.ResNet152 })
        {
            DescribedInput.Bounded(preprocessing, options).Should().Be(preprocessing);
        }
    }

    [Theory]
    [InlineData(1500, TestCrops.Center, 64, "a crop of 1500x1500")]
    [InlineData(480, TestCrops.Ten, 64, "ten crops of 480x480")]
    [InlineData(224, TestCrops.Center, 16_384, "a crop of 224x224")]
    public void Large_products_are_refused(int crop, TestCrops crops, int width, string what)
    {
        var preprocessing = Preprocessing.ImageNet with { CropSize = crop, Crops = crops };

        FluentActions.Invoking(() => DescribedInput.Bounded(preprocessing, ResNetOptions.ResNet50 with { BaseWidth = width })).Should().Throw<FormatException>()
            .WithMessage($"it asks for {what}, with which the largest feature map of one image takes * MiB in this network; at most 128 MiB are taken at a file's word");
    }

    [Fact]
    public void An_image_resized_to_a_hundred_times_its_crop_is_refused() =>
        FluentActions.Invoking(() => DescribedInput.Bounded(Preprocessing.ImageNet with { ResizeShorterSide = 4096 }, ResNetOptions.ResNet50)).Should().Throw<FormatException>()
            .WithMessage("it asks for images of 4096 pixels, *at most 512 MiB*");

    [Theory]
    [InlineData(32, 128, 128)]
    [InlineData(224, 128, 128)]
    [InlineData(448, 32, 20)]
    [InlineData(1400, 32, 2)]
    [InlineData(4000, 32, 1)]
    public void Batches_of_large_images_are_smaller(int side, int asked, int taken) => ResNetOptions.ResNet50.BatchSizeFor(asked, side).Should().Be(taken);
}

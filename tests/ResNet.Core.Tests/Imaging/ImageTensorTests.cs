using TorchSharp;

namespace ResNet.Imaging;

public sealed class ImageTensorTests
{
    [Fact]
    public void Pixels_become_planes_of_normalized_numbers()
    {
        RgbImage[] pictures = [TestPictures.Patterned(5, 4), TestPictures.Flat(5, 4, 255)];
        using Tensor tensor = ImageTensor.FromImages(pictures, Normalization.ImageNet);
        tensor.shape.Should().Equal(2, 3, 4, 5);
        tensor.dtype.Should().Be(torch.float32);

        float[] values = tensor.data<float>().ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            (int image, int channel, int pixel) = (i / 60, i / 20 % 3, i % 20);
            float value = pictures[image].Pixels[(3 * pixel) + channel] / 255f;
            values[i].Should().Be((value - Normalization.ImageNet.Mean[channel]) / Normalization.ImageNet.StdDev[channel]);
        }
    }

    [Fact]
    public void Only_the_result_stays_alive()
    {
        RgbImage[] pictures = [TestPictures.Patterned(5, 4)];
        ImageTensor.FromImages(pictures, Normalization.None).Dispose();
        DisposeScopeManager.Statistics.Reset();
        using (ImageTensor.FromImages(pictures, Normalization.None, torch.CPU))
        {
            DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(1);
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(0);
    }

    [SkippableFact]
    public void The_tensor_lives_where_it_is_asked_to()
    {
        Skip.IfNot(torch.cuda.is_available(), "there is no CUDA device");
        using Tensor tensor = ImageTensor.FromImages([TestPictures.Patterned(5, 4)], Normalization.None, torch.CUDA);
        tensor.device_type.Should().Be(DeviceType.CUDA);
    }

    [Fact]
    public void A_slice_is_written_in_place_and_mirrored_on_request()
    {
        RgbImage picture = TestPictures.Patterned(4, 3);
        var batch = new float[2 * 36];
        ImageTensor.WriteTo(batch.AsSpan(36), picture, Normalization.Cifar10, mirrored: true);
        var straight = new float[36];
        ImageTensor.WriteTo(straight, picture, Normalization.Cifar10);

        batch[..36].Should().OnlyContain(x => x == 0);
        batch[36..].Chunk(4).SelectMany(row => row.Reverse()).Should().Equal(straight);
        straight.Should().NotEqual(batch[36..]);
    }

    [Fact]
    public void Pictures_that_do_not_fit_together_are_refused()
    {
        ((Action)(() => ImageTensor.FromImages([], Normalization.None))).Should().Throw<ArgumentException>().WithMessage("*list is empty*");
        ((Action)(() => ImageTensor.FromImages([TestPictures.Flat(4, 3, 0), TestPictures.Flat(3, 4, 0)], Normalization.None)))
            .Should().Throw<ArgumentException>().WithMessage("*size of the first, 4x3, but picture 1 has 3x4; crop or resize them first.*");
        ((Action)(() => ImageTensor.WriteTo(new float[5], TestPictures.Flat(1, 2, 0), Normalization.None)))
            .Should().Throw<ArgumentException>().WithMessage("A picture of 1x2 takes 6 numbers, but there is room for 5.*");
    }
}

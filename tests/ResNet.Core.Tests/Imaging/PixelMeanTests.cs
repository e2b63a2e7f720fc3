using System.Text.Json;

namespace ResNet.Imaging;

public sealed class PixelMeanTests
{
    [Fact]
    public void The_mean_of_pictures_is_exact()
    {
        RgbImage[] pictures = [new(2, 1, [0, 10, 20, 30, 40, 50]), new(2, 1, [255, 11, 20, 30, 40, 51]), new(2, 1, [255, 12, 20, 30, 40, 49])];
        var mean = PixelMean.Of(pictures);
        (mean.Width, mean.Height).Should().Be((2, 1));
        mean.Values.ToArray().Should().Equal(
            (float)(510 / 765.0), (float)(33 / 765.0), (float)(60 / 765.0), (float)(90 / 765.0), (float)(120 / 765.0), (float)(150 / 765.0));
        mean.ChannelMeans.Should().Equal((float)((510 + 90) / 1530.0), (float)((33 + 120) / 1530.0), (float)((60 + 150) / 1530.0));
    }

    [Fact]
    public void It_is_subtracted_at_each_pixel_of_pictures_of_its_size()
    {
        RgbImage picture = TestPictures.Patterned(4, 3);
        var mean = PixelMean.Of([TestPictures.Patterned(4, 3), TestPictures.Flat(4, 3, 200)]);
        var normalization = Normalization.OfPixelMean(mean) with { StdDev = [1f, 2f, 0.5f] };
        using Tensor tensor = ImageTensor.FromImages([picture], normalization);

        float[] values = tensor.data<float>().ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            (int channel, int pixel) = (i / 12, i % 12);
            int at = (3 * pixel) + channel;
            values[i].Should().Be(((picture.Pixels[at] / 255f) - mean.Values.Span[at]) / normalization.StdDev[channel]);
        }
    }

    [Fact]
    public void A_mirror_image_is_that_of_the_picture_without_its_mean()
    {
        RgbImage picture = TestPictures.Patterned(4, 3);
        var normalization = Normalization.OfPixelMean(PixelMean.Of([picture, TestPictures.Flat(4, 3, 9)]));
        var straight = new float[36];
        var mirrored = new float[36];
        ImageTensor.WriteTo(straight, picture, normalization);
        ImageTensor.WriteTo(mirrored, picture, normalization, mirrored: true);
        mirrored.Chunk(4).SelectMany(row => row.Reverse()).Should().Equal(straight);
    }

    [Fact]
    public void Its_channels_means_serve_pictures_of_another_size()
    {
        RgbImage picture = TestPictures.Patterned(3, 4);
        var normalization = Normalization.OfPixelMean(PixelMean.Of([TestPictures.Patterned(4, 3)]));
        normalization.Mean.Should().Equal(normalization.PixelMean!.ChannelMeans);
        var values = new float[36];
        var expected = new float[36];
        ImageTensor.WriteTo(values, picture, normalization);
        ImageTensor.WriteTo(expected, picture, normalization with { PixelMean = null });
        values.Should().Equal(expected);
    }

    [Fact]
    public void Equal_numbers_make_equal_means()
    {
        var mean = PixelMean.Of([TestPictures.Patterned(4, 3)]);
        var copy = new PixelMean(4, 3, mean.Values);
        copy.Should().Be(mean);
        copy.GetHashCode().Should().Be(mean.GetHashCode());
        Normalization.OfPixelMean(copy).Should().Be(Normalization.OfPixelMean(mean));
        Preprocessing.PaperCifar10(copy).GetHashCode().Should().Be(Preprocessing.PaperCifar10(mean).GetHashCode());

        new PixelMean(3, 4, mean.Values).Should().NotBe(mean);
        PixelMean.Of([TestPictures.Flat(4, 3, 1)]).Should().NotBe(mean);
        Normalization.OfPixelMean(mean).Should().NotBe(Normalization.OfPixelMean(mean) with { PixelMean = null });
    }

    [Fact]
    public void The_numbers_are_copied()
    {
        float[] values = [0, 0.5f, 1];
        var mean = new PixelMean(1, 1, values);
        values[0] = 0.25f;
        mean.Values.ToArray().Should().Equal(0, 0.5f, 1);
    }

    [Fact]
    public void It_goes_through_json_as_other_records_do()
    {
        var normalization = Normalization.OfPixelMean(PixelMean.Of([TestPictures.Patterned(4, 3)]));
        JsonSerializer.Deserialize<Normalization>(JsonSerializer.Serialize(normalization)).Should().Be(normalization);
    }

    [Fact]
    public void What_cannot_be_a_mean_is_refused()
    {
        ((Action)(() => _ = new PixelMean(1, 2, new float[5]))).Should().Throw<ArgumentException>()
            .WithMessage("A mean of 1x2 has 6 numbers (3 a pixel), but there are 5.*");
        ((Action)(() => _ = new PixelMean(1, 1, new[] { 0.5f, 124f, 0.5f }))).Should().Throw<ArgumentException>()
            .WithMessage("The mean of a pixel is from 0 to 1, but one is 124; divide means of bytes by 255.*");
        ((Action)(() => _ = new PixelMean(1, 1, new[] { 0.5f, float.NaN, 0.5f }))).Should().Throw<ArgumentException>();
        ((Action)(() => _ = new PixelMean(0, 1, default))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => PixelMean.Of([]))).Should().Throw<ArgumentException>().WithMessage("A mean needs at least one picture, but there is none.*");
        ((Action)(() => PixelMean.Of([TestPictures.Flat(4, 3, 0), TestPictures.Flat(3, 4, 0)]))).Should().Throw<ArgumentException>()
            .WithMessage("*size of the first, 4x3, but picture 1 has 3x4; crop or resize them first.*");
        ((Action)(() => PixelMean.Of([TestPictures.Flat(4, 3, 0)], new CancellationToken(canceled: true)))).Should().Throw<OperationCanceledException>();
    }
}

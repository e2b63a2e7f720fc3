using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class TransformChainTests
{
    [Fact]
    public void Transforms_are_applied_in_order()
    {
        var image = TinyDataset.Picture(0);
        var chain = new TransformChain(new Add(1), new Double());

        chain.Apply(image, new SampleRandom(0)).Pixels[0].Should().Be((byte)((image.Pixels[0] + 1) * 2));
    }

    [Fact]
    public void The_same_generator_gives_the_same_picture()
    {
        var image = TinyDataset.Picture(0, 32, 32);

        byte[] Apply(int epoch) => TransformChain.Cifar10.Apply(image, SampleRandom.For(1, epoch, 17)).Pixels;

        Apply(2).Should().Equal(Apply(2));
        Enumerable.Range(0, 20).Select(epoch => Convert.ToHexString(Apply(epoch))).Distinct().Count().Should().BeGreaterThan(15);
    }

    [Fact]
    public void Chains_are_equal_when_their_parts_are()
    {
        new TransformChain(new PadAndCrop(), new HorizontalFlip()).Should().Be(TransformChain.Cifar10);
        new TransformChain(new PadAndCrop(), new HorizontalFlip()).GetHashCode().Should().Be(TransformChain.Cifar10.GetHashCode());
        new TransformChain(new HorizontalFlip(), new PadAndCrop()).Should().NotBe(TransformChain.Cifar10);
        new TransformChain(new PadAndCrop { Padding = 2 }, new HorizontalFlip()).Should().NotBe(TransformChain.Cifar10);
    }

    [Fact]
    public void An_empty_chain_changes_nothing()
    {
        var image = TinyDataset.Picture(0);

        new TransformChain().Apply(image, new SampleRandom(0)).Pixels.Should().Equal(image.Pixels);
    }

    private sealed record Add(byte Amount) : ITransform
    {
        public void Apply(ImageCanvas canvas, Random random)
        {
            foreach (ref byte pixel in canvas.Edit())
            {
                pixel = (byte)(pixel + Amount);
            }
        }
    }

    private sealed record Double : ITransform
    {
        public void Apply(ImageCanvas canvas, Random random)
        {
            foreach (ref byte pixel in canvas.Edit())
            {
                pixel = (byte)(pixel * 2);
            }
        }
    }
}

using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

public class CachedDatasetTests
{
    [Fact]
    public void A_picture_is_read_once()
    {
        var inner = new TinyDataset(5);
        var cached = new CachedDataset(inner);

        var first = cached.Read(3);

        cached.Read(3).Should().BeSameAs(first);
        inner.ReadCount.Should().Be(1);
        (cached.CachedCount, cached.ByteCount).Should().Be((1, 48L));
    }

    [Fact]
    public void Beyond_the_limit_pictures_are_read_each_time()
    {
        var inner = new TinyDataset(5);
        var cached = new CachedDataset(inner, byteLimit: 100);

        for (int i = 0; i < 10; i++)
        {
            cached.Read(i % 5).Image.Pixels.Should().Equal(TinyDataset.Picture(i % 5).Pixels);
        }

        (cached.CachedCount, cached.ByteCount).Should().Be((2, 96L));
        inner.ReadCount.Should().Be(8);
    }

    [Fact]
    public void Many_threads_get_one_picture_each_and_never_pass_the_limit()
    {
        var cached = new CachedDataset(new TinyDataset(200, classCount: 2), byteLimit: 150 * 48);

        Parallel.For(
            0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => cached.Read(i % 200).Image.Pixels[0].Should().Be((byte)(i % 200 * 13)));

        cached.CachedCount.Should().BeGreaterThan(0);
        cached.ByteCount.Should().Be(48L * cached.CachedCount).And.BeLessThanOrEqualTo(cached.ByteLimit);
    }

    [Fact]
    public void A_canvas_gets_the_picture_that_is_kept_and_nothing_is_allocated()
    {
        var inner = new TinyDataset(5);
        var cached = new CachedDataset(inner, byteLimit: 5 * 48);
        var canvas = new ImageCanvas();

        CifarTests.AllocatedBy(cached).Should().Be(0);

        (cached.CachedCount, inner.ReadCount).Should().Be((5, 5));
        cached.Read(3, canvas).Should().Be(1);
        canvas.Edit().Clear();
        cached.Read(3).Image.Pixels.Should().Equal(TinyDataset.Picture(3).Pixels);
    }

    [Fact]
    public void A_failure_is_not_kept()
    {
        bool broken = true;
        var cached = new CachedDataset(new TinyDataset(1, i => broken ? throw new ImageFormatException("x", "broken") : TinyDataset.Picture(i)));

        FluentActions.Invoking(() => cached.Read(0)).Should().Throw<ImageFormatException>();
        broken = false;

        cached.Read(0).Label.Should().Be(0);
    }
}

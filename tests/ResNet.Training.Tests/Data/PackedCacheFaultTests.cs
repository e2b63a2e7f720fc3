using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

public sealed class PackedCacheFaultTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly TinyDataset _dataset = new(20);

    private string PackPath => _temporary.PathTo("tiny.pack");

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(20, "its header was damaged or of another version")]
    [InlineData(64 + (20 * 48) + 7, "its index was damaged")]
    [InlineData(64 + (20 * 48) + (20 * 32) - 1, "its index was damaged")]
    public void A_damaged_header_or_index_makes_the_file_anew(int position, string reason)
    {
        Make();
        Damage(position);

        using var cache = PackedCache.OpenOrCreate(_dataset, PackPath);

        cache.MadeBecause.Should().Be(reason);
        cache.Read(19).Image.Pixels.Should().Equal(TinyDataset.Picture(19).Pixels);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.02)]
    [InlineData(1.1)]
    public void A_file_of_another_length_is_made_anew(double share)
    {
        Make();
        byte[] bytes = File.ReadAllBytes(PackPath);
        Array.Resize(ref bytes, (int)(share * bytes.Length));
        File.WriteAllBytes(PackPath, bytes);

        using var cache = PackedCache.OpenOrCreate(_dataset, PackPath);

        cache.MadeBecause.Should().NotBeNull();
        cache.Read(19).Image.Pixels.Should().Equal(TinyDataset.Picture(19).Pixels);
    }

    [Fact]
    public void A_damaged_picture_is_found_when_it_is_read()
    {
        Make();
        Damage(64 + (3 * 48) + 5);

        using var cache = PackedCache.OpenOrCreate(_dataset, PackPath);

        FluentActions.Invoking(() => cache.Read(3)).Should().Throw<ImageFormatException>()
            .WithMessage($"picture3: its copy in {PackPath} is damaged; remove that file to have it made anew.");
        FluentActions.Invoking(() => cache.Read(3, new ImageCanvas())).Should().Throw<ImageFormatException>();
        cache.Read(4).Image.Pixels.Should().Equal(TinyDataset.Picture(4).Pixels);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a letter to my aunt, which is longer than the header of a cache is, so that all of it could be read")]
    public void A_file_of_another_kind_is_not_overwritten(string text)
    {
        File.WriteAllText(PackPath, text);

        FluentActions.Invoking(() => PackedCache.OpenOrCreate(_dataset, PackPath)).Should().Throw<DatasetException>()
            .WithMessage($"{PackPath} is there already and is no packed cache; it is not overwritten.*");
        File.ReadAllText(PackPath).Should().Be(text);
    }

    [Fact]
    public void A_disk_that_is_too_small_is_told_before_it_is_full()
    {
        var large = new TinyDataset(2000, _ => TinyDataset.Picture(0, 64, 64));

        FluentActions.Invoking(() => PackedCache.OpenOrCreate(large, PackPath, new PackedCacheOptions { FreeSpace = _ => 20 << 20 }))
            .Should().Throw<DatasetException>().WithMessage($"{PackPath} would grow to about 23 MiB, but its disk has room for 2* MiB.*ShorterSide*");

        large.ReadCount.Should().BeLessThan(600);
        Directory.GetFiles(_temporary.Root, "*.tmp").Should().BeEmpty();
    }

    [Fact]
    public void A_name_as_long_as_file_systems_allow_can_be_used()
    {
        string path = _temporary.PathTo(new string('n', 255));
        using (PackedCache.OpenOrCreate(_dataset, path))
        {
        }

        using var again = PackedCache.OpenOrCreate(_dataset, path);
        again.MadeBecause.Should().BeNull("it is there already");
    }

    [Fact]
    public void A_folder_that_cannot_be_written_says_so()
    {
        File.WriteAllText(_temporary.PathTo("file"), "");

        FluentActions.Invoking(() => PackedCache.OpenOrCreate(_dataset, _temporary.PathTo("file", "tiny.pack"))).Should().Throw<DatasetException>()
            .WithMessage("*cannot be written or read*").WithInnerException<IOException>();
    }

    [Fact]
    public void Cancelling_and_failing_leave_nothing_and_the_next_run_is_right()
    {
        using var source = new CancellationTokenSource();
        var slow = new TinyDataset(2000, i =>
        {
            if (i == 700)
            {
                source.Cancel();
            }

            return TinyDataset.Picture(i);
        });
        var failing = new TinyDataset(2000, i => i == 700 ? throw new NotSupportedException("no") : TinyDataset.Picture(i));

        FluentActions.Invoking(() => PackedCache.OpenOrCreate(slow, PackPath, cancellationToken: source.Token)).Should().Throw<OperationCanceledException>();
        FluentActions.Invoking(() => PackedCache.OpenOrCreate(failing, PackPath)).Should().Throw<NotSupportedException>();

        Directory.GetFiles(_temporary.Root).Select(Path.GetFileName).Should().Equal(".tiny.pack.lock");
        Make();
    }

    [Fact]
    public void Many_threads_read_at_once_and_after_the_end_nobody()
    {
        var cache = PackedCache.OpenOrCreate(_dataset, PackPath);

        Parallel.For(0, 4000, i => cache.Read(i % 20).Image.Pixels[0].Should().Be((byte)(i % 20 * 13)));
        cache.Dispose();

        FluentActions.Invoking(() => cache.Read(0)).Should().Throw<ObjectDisposedException>();
    }

    [SkippableFact]
    public void A_file_that_is_in_use_may_be_replaced()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows keeps mapped files");
        using var old = PackedCache.OpenOrCreate(_dataset, PackPath);
        using var other = PackedCache.OpenOrCreate(new TinyDataset(5, i => TinyDataset.Picture(i + 1)), PackPath);

        old.Read(19).Image.Pixels.Should().Equal(TinyDataset.Picture(19).Pixels);
        other.Read(4).Image.Pixels.Should().Equal(TinyDataset.Picture(5).Pixels);
    }

    private void Make()
    {
        using var cache = PackedCache.OpenOrCreate(_dataset, PackPath);
        cache.MadeBecause.Should().Be("there was none");
    }

    private void Damage(int position)
    {
        byte[] bytes = File.ReadAllBytes(PackPath);
        bytes[position] ^= 0x40;
        File.WriteAllBytes(PackPath, bytes);
    }
}

using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class DatasetReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Mean_and_deviation_are_those_over_all_pixels_where_sizes_are_equal()
    {
        var dataset = new TinyDataset(37, index => TinyDataset.Picture(index, 5, 3));

        var statistics = Scan(dataset).Parts[0].Statistics!;

        for (int channel = 0; channel < 3; channel++)
        {
            double[] values = [.. Enumerable.Range(0, 37)
                .SelectMany(index => TinyDataset.Picture(index, 5, 3).Pixels.Where((_, i) => i % 3 == channel))
                .Select(value => value / 255.0)];
            double mean = values.Average();
            statistics.Mean[channel].Should().BeApproximately(mean, 1e-12);
            statistics.StdDev[channel].Should().BeApproximately(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 1e-12);
        }
    }

    [Fact]
    public void A_large_picture_counts_as_much_as_a_small_one()
    {
        var dataset = new TinyDataset(2, index => index == 0 ? Plain(1, 1, 0) : Plain(100, 50, 255));

        var statistics = Scan(dataset).Parts[0].Statistics!;

        statistics.Mean.Should().Equal(0.5, 0.5, 0.5);
        statistics.StdDev.Should().Equal(0.5, 0.5, 0.5);
        statistics.Width.Should().Be(new NumberRange(1, 50.5, 100));
        statistics.Height.Should().Be(new NumberRange(1, 25.5, 50));
        statistics.Aspect.Should().Be(new NumberRange(1, 1.5, 2));
    }

    [Fact]
    public void Pictures_of_one_colour_deviate_by_exactly_nothing()
    {
        var statistics = Scan(new TinyDataset(1000, _ => Plain(9, 7, 201))).Parts[0].Statistics!;

        statistics.StdDev.Should().Equal(0, 0, 0);
        statistics.Mean.Should().AllSatisfy(mean => mean.Should().BeApproximately(201 / 255.0, 1e-15));
    }

    [Fact]
    public void The_number_of_workers_changes_no_bit()
    {
        var dataset = new SyntheticShapes(500);

        var one = Scan(dataset, new DatasetScanOptions { WorkerCount = 1 }).Parts[0].Statistics!;
        var four = Scan(dataset, new DatasetScanOptions { WorkerCount = 4 }).Parts[0].Statistics!;

        four.Mean.Should().Equal(one.Mean);
        four.StdDev.Should().Equal(one.StdDev);
    }

    [Fact]
    public void Unreadable_pictures_are_counted_named_and_left_out_of_the_statistics()
    {
        PictureFiles.Add(_folder.Root, "a/1.png", 8, 6);
        string broken = PictureFiles.AddText(_folder.Root, "a/2.jpg");
        PictureFiles.Add(_folder.Root, "b/1.png", 8, 6);
        string foreign = PictureFiles.AddText(_folder.Root, "b/notes.txt");

        var part = DatasetReport.Scan(DatasetPart.OpenFolder(_folder.Root)).Parts.Single();

        part.Name.Should().Be("all");
        part.Classes.Should().Equal(new ClassPictureCount("a", 2), new ClassPictureCount("b", 1));
        part.Faults.Select(fault => fault.Path).Should().Equal(foreign, broken);
        part.Faults[1].Reason.Should().Contain("text").And.NotContain(broken);
        part.Statistics!.Count.Should().Be(2);
        part.Statistics.Formats.Should().Equal(new Dictionary<string, int>(StringComparer.Ordinal) { ["PNG"] = 2 });
    }

    [Fact]
    public void A_quick_scan_reads_no_picture()
    {
        var dataset = new TinyDataset(5);

        var report = Scan(dataset, new DatasetScanOptions { ReadPictures = false });

        dataset.ReadCount.Should().Be(0);
        report.Parts[0].Count.Should().Be(5);
        report.Parts[0].Statistics.Should().BeNull();
    }

    [Fact]
    public void Same_pixels_are_found_across_formats_parts_and_classes()
    {
        string first = PictureFiles.Add(_folder.Root, "train/a/1.png");
        Directory.CreateDirectory(_folder.PathTo("test", "b"));
        Directory.CreateDirectory(_folder.PathTo("test", "a"));
        Directory.CreateDirectory(_folder.PathTo("train", "b"));
        string second = _folder.PathTo("test", "b", "other.png");
        File.Copy(first, second);
        PictureFiles.Add(_folder.Root, "train/b/longer-name.png");

        var report = DatasetReport.Scan(DatasetPart.OpenFolder(_folder.Root), new DatasetScanOptions { FindDuplicates = true });

        var group = report.Duplicates.Should().ContainSingle().Subject;
        group.Pictures.Should().Equal(first, second);
        (group.AcrossParts, group.AcrossClasses).Should().Be((true, true));
    }

    [Fact]
    public void Equal_bytes_in_another_shape_are_no_duplicate()
    {
        var dataset = new TinyDataset(2, index => index == 0 ? Plain(4, 2, 9) : Plain(2, 4, 9));

        Scan(dataset, new DatasetScanOptions { FindDuplicates = true }).Duplicates.Should().BeEmpty();
    }

    [Fact]
    public void Classes_that_only_one_part_has_are_told()
    {
        PictureFiles.Add(_folder.Root, "train/a/1.png");
        PictureFiles.Add(_folder.Root, "train/b/1.png");
        PictureFiles.Add(_folder.Root, "val/b/1.png");
        PictureFiles.Add(_folder.Root, "val/c/1.png");

        var parts = DatasetPart.OpenFolder(_folder.Root);

        parts.Select(part => part.Name).Should().Equal("train", "val");
        parts[1].Faults.Should().Equal(
            new DataFault(_folder.PathTo("val", "a"), "the class has pictures in 'train' but none here"),
            new DataFault(_folder.PathTo("val", "c"), "the class has pictures here but none in 'train'"));
    }

    [Fact]
    public void Cancelling_stops_it()
    {
        using var source = new CancellationTokenSource();
        var dataset = new TinyDataset(100_000, index =>
        {
            source.Cancel();
            return TinyDataset.Picture(index);
        });

        Action scan = () => DatasetReport.Scan([new DatasetPart("all", dataset, [])], cancellationToken: source.Token);

        scan.Should().Throw<OperationCanceledException>();
        dataset.ReadCount.Should().BeLessThan(1000);
    }

    [Fact]
    public void A_fault_of_the_data_set_reaches_the_caller_as_it_is()
    {
        Action scan = () => Scan(new TinyDataset(3, _ => throw new InvalidOperationException("boom")));

        scan.Should().Throw<InvalidOperationException>().WithMessage("boom");
    }

    [Fact]
    public void Options_that_cannot_be_used_are_all_listed()
    {
        Action scan = () => Scan(new TinyDataset(1), new DatasetScanOptions { WorkerCount = 0, ReadPictures = false, FindDuplicates = true });

        scan.Should().Throw<InvalidOptionsException>().WithMessage(
            "*WorkerCount is 0; it must be 1 to 256.*FindDuplicates compares pixels, but ReadPictures is false; set it to true.*");
    }

    public void Dispose() => _folder.Dispose();

    private static DatasetReport Scan(IImageDataset dataset, DatasetScanOptions? options = null) =>
        DatasetReport.Scan([new DatasetPart("all", dataset, [])], options);

    private static RgbImage Plain(int width, int height, byte value)
    {
        byte[] pixels = new byte[3 * width * height];
        Array.Fill(pixels, value);
        return new RgbImage(width, height, pixels);
    }
}

using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

public sealed class UnreadableClassTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public UnreadableClassTests()
    {
        PictureFiles.Add(_folder.Root, "ants/1.png");
        PictureFiles.Add(_folder.Root, "ants/2.png");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("IMG_1.HEIC")]
    [InlineData("scan.tif")]
    public void A_class_of_a_format_that_is_not_read_is_an_error_of_training_and_a_fault_of_opening(string file)
    {
        PictureFiles.AddText(_folder.Root, $"bees/{file}");

        FluentActions.Invoking(() => ImageFolderSplits.Open(_folder.Root)).Should().Throw<DatasetException>().WithMessage(
            $"No picture can be read of 1 class: {_folder.PathTo("bees")} (none of the 1 picture of the class can be read). "
            + "Repair the pictures or convert them, or remove the folder to go on without the class.");
        var folder = ImageFolder.Open(_folder.Root);
        folder.Labels.Should().Equal("ants", "bees");
        folder.Faults[1].Path.Should().Be(_folder.PathTo("bees", file));
        folder.Faults[1].Reason.Should().StartWith("a picture of a format that is not read (read are jpg");
    }

    [Fact]
    public void A_class_of_empty_files_is_an_error()
    {
        Directory.CreateDirectory(_folder.PathTo("bees"));
        File.WriteAllBytes(_folder.PathTo("bees", "1.png"), []);

        FluentActions.Invoking(() => ImageFolderSplits.Open(_folder.Root)).Should().Throw<DatasetException>().WithMessage("No picture can be read of 1 class:*bees*");
    }

    [Fact]
    public void A_class_of_damaged_images_ends_training_before_it_begins()
    {
        var damaged = new TinyDataset(32, index => index % 2 == 1 ? throw new ImageFormatException($"picture{index}", "is damaged") : TinyDataset.Picture(index, 32, 32));
        using var model = TinyNetwork.Build(2);
        var trainer = new Trainer(model, TinyNetwork.Options with { OutputDirectory = _folder.PathTo("run") });

        trainer.Invoking(t => t.Fit(damaged, null)).Should().Throw<DatasetException>().WithMessage("No picture can be read of 1 class: class1 (picture1: *is damaged*). Repair*");
        Directory.Exists(_folder.PathTo("run")).Should().BeFalse();
    }

    [Fact]
    public void One_image_of_a_class_that_can_be_read_is_enough()
    {
        var damaged = new TinyDataset(32, index => index is 1 or 3 ? throw new ImageFormatException($"picture{index}", "is damaged") : TinyDataset.Picture(index));

        FluentActions.Invoking(() => ReadableClasses.Ensure(damaged, default)).Should().NotThrow();
        damaged.ReadCount.Should().Be(4, "one of the first class, three of the second");
    }

    [Fact]
    public void The_report_of_a_folder_names_such_a_class()
    {
        PictureFiles.AddText(_folder.Root, "bees/1.png");

        DatasetReport.Scan(DatasetPart.OpenFolder(_folder.Root)).Parts[0].Faults.Should()
            .Contain(new DataFault("bees", "no picture of the class can be read; training refuses such a class"));
    }
}

namespace ResNet.Training.Tests.Data;

public sealed class PartFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train test val", "val", "test")]
    [InlineData("train test valid", "valid", "test")]
    [InlineData("Train TEST Validation", "Validation", "TEST")]
    [InlineData("train test", null, "test")]
    [InlineData("train val", null, "val")]
    [InlineData("train valid", null, "valid")]
    [InlineData("train val valid", "valid", "val")]
    [InlineData("train", null, null)]
    public void Folders_are_found_by_their_names(string folders, string? validation, string? test)
    {
        AddParts(folders.Split(' '));

        var parts = PartFolders.Find(_folder.Root);

        parts.Should().Be(new PartFolders(PathTo(folders.Split(' ')[0]), PathTo(validation), PathTo(test)));
    }

    [Fact]
    public void Class_folders_alone_are_no_parts()
    {
        PictureFiles.Add(_folder.Root, "ants/1.png");

        PartFolders.Find(_folder.Root).Should().Be(new PartFolders(null, null, null));
        FluentActions.Invoking(() => PartFolders.Find(_folder.Root, validation: "dev")).Should().Throw<DatasetException>()
            .WithMessage($"{_folder.Root} has no folder 'train', so dev cannot stand beside it.*");
    }

    [Fact]
    public void Names_that_are_given_go_first()
    {
        AddParts("train", "test", "val", "dev", "holdout");

        PartFolders.Find(_folder.Root, "dev", "holdout").Should().Be(new PartFolders(PathTo("train"), PathTo("dev"), PathTo("holdout")));
        PartFolders.Find(_folder.Root, validation: "test").Should().Be(new PartFolders(PathTo("train"), PathTo("test"), PathTo("val")));
        FluentActions.Invoking(() => PartFolders.Find(_folder.Root, validation: "none")).Should().Throw<DatasetException>()
            .WithMessage($"{PathTo("none")} is no folder of class folders. Name one that holds a folder for each class of {PathTo("train")}.");
    }

    [Fact]
    public void The_validation_folder_is_apart_from_training_and_test()
    {
        AddParts("train", "test", "val");

        var splits = ImageFolderSplits.Open(_folder.Root);

        splits.Validation.Should().BeOfType<ImageFolder>().Which.Root.Should().Be(PathTo("val"));
        splits.Test.Should().BeOfType<ImageFolder>().Which.Root.Should().Be(PathTo("test"));
        splits.Faults.Should().BeEmpty();
        ImageFolderSplits.Open(_folder.Root, parts: PartFolders.Find(_folder.Root) with { Validation = null }).Faults.Should()
            .Equal(new DataFault(PathTo("val")!, "only train and test are read here"));
    }

    [Fact]
    public void A_validation_folder_does_not_keep_training_images_from_being_set_aside_to_test_on()
    {
        AddParts("train", "dev");

        var splits = ImageFolderSplits.Open(_folder.Root, 0.5, parts: PartFolders.Find(_folder.Root, validation: "dev"));

        (splits.Train.Count, splits.Validation!.Count, splits.Test.Count).Should().Be((2, 4, 2));
    }

    [Fact]
    public void An_empty_class_folder_beside_train_keeps_the_order_of_classes()
    {
        AddParts("train", "test");
        Directory.Delete(_folder.PathTo("test", "ants"), recursive: true);
        Directory.CreateDirectory(_folder.PathTo("test", "ants"));

        var splits = ImageFolderSplits.Open(_folder.Root);

        splits.Test.Labels.Should().Equal("ants", "bees");
        splits.Test.LabelOf(0).Should().Be(1);
    }

    [Fact]
    public void The_report_shows_all_three()
    {
        AddParts("train", "test", "val");

        DatasetPart.OpenFolder(_folder.Root).Select(part => part.Name).Should().Equal("train", "val", "test");
    }

    private string? PathTo(string? name) => name is null ? null : _folder.PathTo(name);

    private void AddParts(params string[] parts)
    {
        foreach (string file in parts.SelectMany(part => new[] { $"{part}/ants/1.png", $"{part}/ants/2.png", $"{part}/bees/1.png", $"{part}/bees/2.png" }))
        {
            PictureFiles.Add(_folder.Root, file);
        }
    }
}

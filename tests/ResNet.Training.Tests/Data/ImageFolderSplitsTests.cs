namespace ResNet.Training.Tests.Data;

public sealed class ImageFolderSplitsTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string Root => _temporary.Root;

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("train", "test")]
    [InlineData("Train", "val")]
    [InlineData("train", "VALIDATION")]
    public void Train_beside_a_test_folder_is_taken_as_it_is(string train, string test)
    {
        AddClasses(train, 3, "ants", "bees");
        AddClasses(test, 1, "ants", "bees");

        var splits = ImageFolderSplits.Open(Root);

        splits.Train.Should().BeOfType<ImageFolder>().Which.Root.Should().Be(Path.Combine(Root, train));
        splits.Test.Should().BeOfType<ImageFolder>().Which.Root.Should().Be(Path.Combine(Root, test));
        (splits.Train.Count, splits.Test.Count).Should().Be((6, 2));
        splits.Faults.Should().BeEmpty();
    }

    [Fact]
    public void What_lies_beside_the_two_folders_is_named()
    {
        AddClasses("train", 2, "ants", "bees");
        AddClasses("test", 1, "ants", "bees");
        AddClasses("extra", 1, "ants", "bees");
        PictureFiles.AddText(Root, "licence.txt");

        ImageFolderSplits.Open(Root).Faults.Should().Equal(
            new DataFault(Path.Combine(Root, "extra"), "only train and test are read here"),
            new DataFault(Path.Combine(Root, "licence.txt"), "only train and test are read here"));
    }

    [Fact]
    public void Different_classes_in_the_two_folders_are_an_error_that_names_them()
    {
        AddClasses("train", 1, "ants", "bees", "wasps");
        AddClasses("val", 1, "ants", "flies", "wasps");

        FluentActions.Invoking(() => ImageFolderSplits.Open(Root)).Should().Throw<DatasetException>().WithMessage(
            $"The classes of {Path.Combine(Root, "train")} and {Path.Combine(Root, "val")} differ: only the first has bees; only the second has "
            + "flies. Both need a folder of the same name for each class (it may be empty).");
    }

    [Fact]
    public void One_folder_is_split_the_same_way_each_time()
    {
        AddClasses(".", 20, "ants", "bees");

        var splits = ImageFolderSplits.Open(Root, validationShare: 0.2, seed: 4);
        var again = ImageFolderSplits.Open(Root, validationShare: 0.2, seed: 4);

        (splits.Train.Count, splits.Test.Count).Should().Be((32, 8));
        Names(splits.Test).Should().Equal(Names(again.Test));
        Names(splits.Test).Should().NotIntersectWith(Names(splits.Train));
        Names(splits.Test).Should().NotEqual(Names(ImageFolderSplits.Open(Root, validationShare: 0.2, seed: 5).Test));
    }

    [Fact]
    public void Train_without_a_test_folder_is_split()
    {
        AddClasses("train", 10, "ants", "bees");

        var splits = ImageFolderSplits.Open(Root);

        (splits.Train.Count, splits.Test.Count).Should().Be((18, 2));
        splits.Train.Labels.Should().Equal("ants", "bees");
    }

    [Fact]
    public void A_class_may_be_called_train()
    {
        AddClasses(".", 2, "train", "test", "bus");

        ImageFolderSplits.Open(Root, 0.5).Train.Labels.Should().Equal("bus", "test", "train");
    }

    [Fact]
    public void A_class_of_one_picture_is_named_where_a_folder_is_split()
    {
        AddClasses(".", 4, "ants", "bees");
        AddClasses(".", 1, "wasps");

        var splits = ImageFolderSplits.Open(Root, 0.25);

        splits.Faults.Should().ContainSingle().Which.Reason.Should().Be("is the only picture of class 'wasps': it is trained on, and the class is not tested");
        Enumerable.Range(0, splits.Train.Count).Select(splits.Train.LabelOf).Should().Contain(2);
    }

    [Fact]
    public void Classes_of_one_picture_leave_nothing_to_test_on()
    {
        AddClasses(".", 1, "ants", "bees");

        FluentActions.Invoking(() => ImageFolderSplits.Open(Root)).Should().Throw<DatasetException>()
            .WithMessage($"{Root}: no class has two pictures, so none can be set aside to test on.*");
    }

    [Fact]
    public void A_folder_that_is_not_there_says_what_was_expected()
    {
        FluentActions.Invoking(() => ImageFolderSplits.Open(Path.Combine(Root, "none"))).Should().Throw<DatasetException>()
            .WithMessage("*is no folder of pictures. Expected either*but found no folder of that name");
    }

    private static IEnumerable<string> Names(IImageDataset dataset) => Enumerable.Range(0, dataset.Count).Select(dataset.NameOf);

    private void AddClasses(string folder, int count, params string[] classes)
    {
        foreach (string name in classes)
        {
            for (int i = 0; i < count; i++)
            {
                PictureFiles.Add(Root, Path.Combine(folder, name, $"{i}.png"));
            }
        }
    }
}

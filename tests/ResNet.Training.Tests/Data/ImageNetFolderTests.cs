using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

public sealed class ImageNetFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string Root => _temporary.Root;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Folders_are_ordered_by_their_entries_and_named_by_the_file_beside()
    {
        Add("train/n02123045/n02123045_1.JPEG", "train/n01440764/n01440764_1.JPEG", "train/n01440764/n01440764_2.JPEG", "val/n02123045/v.JPEG");
        Write("LOC_synset_mapping.txt", "n01440764 tench, Tinca tinca", "n09999999 other", "n02123045 tabby, tabby cat");

        var train = ImageNetFolder.OpenTrain(Root);
        var val = ImageNetFolder.OpenValidation(Root);

        train.Labels.Should().Equal("tench", "tabby");
        Labels(train).Should().Equal(0, 0, 1);
        train.Faults.Should().BeEmpty();
        train.Read(2).Label.Should().Be(1);
        val.Labels.Should().Equal(train.Labels);
        Labels(val).Should().Equal(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ILSVRC/Data/CLS-LOC/")]
    public void A_flat_folder_gets_its_classes_from_the_solution(string prefix)
    {
        Add(prefix + "train/n02123045/1.JPEG", prefix + "train/n01440764/1.JPEG");
        Add([.. Enumerable.Range(1, 4).Select(i => $"{prefix}val/ILSVRC2012_val_0000000{i}.JPEG")]);
        Write("LOC_val_solution.csv",
            "ImageId,PredictionString", "ILSVRC2012_val_00000002,n01440764 1 2 3 4 n01440764 5 6 7 8", "ILSVRC2012_val_00000001,n02123045 1 1 2 2",
            "ILSVRC2012_val_00000004,n09999999 1 1 2 2", "");

        var val = ImageNetFolder.OpenValidation(Root);

        val.Labels.Should().Equal("n01440764", "n02123045");
        Labels(val).Should().Equal(1, 0);
        val.Faults.Select(fault => (Path.GetFileName(fault.Path), fault.Reason.Split(',')[0])).Should().Equal(
            ("ILSVRC2012_val_00000003.JPEG", $"{Path.Combine(Root, "LOC_val_solution.csv")} has no answer for it"),
            ("ILSVRC2012_val_00000004.JPEG", "is of class n09999999"));
    }

    [Fact]
    public void Numbers_of_the_ground_truth_are_those_of_the_development_kit()
    {
        Add("val/a3.JPEG", "val/a1.JPEG", "val/a2.JPEG");
        Write("ILSVRC2012_validation_ground_truth.txt", "2", "1", "2");
        Write("ILSVRC2012_synsets.txt", "n02119789", "n01440764");

        var val = ImageNetFolder.OpenValidation(Root);

        val.Labels.Should().Equal("n01440764", "n02119789");
        Labels(val).Should().Equal(0, 1, 0);
    }

    [Fact]
    public void A_thousand_folders_have_the_names_of_the_challenge()
    {
        foreach (string name in Enumerable.Range(0, 998).Select(i => $"n{2_000_000 + i:D8}").Append("n01440764").Append("n15075141"))
        {
            Directory.CreateDirectory(Path.Combine(Root, "train", name));
        }

        Add("train/n15075141/1.JPEG");

        var train = ImageNetFolder.OpenTrain(Root);

        train.Labels.Should().BeSameAs(ClassLabels.ImageNet1k);
        train.LabelOf(0).Should().Be(999);
        train.Faults.Should().HaveCount(999);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Failing(() => ImageNetFolder.OpenTrain(Root)).WithMessage($"{Root} holds no folder 'train'*");
        Add("train/n01440764/1.JPEG", "train/cats/1.JPEG", "val/1.JPEG", "val/2.JPEG");
        Failing(() => ImageNetFolder.OpenTrain(Root)).WithMessage("*such as n01440764, but has cats among 2.*");
        Directory.Delete(Path.Combine(Root, "train"), recursive: true);
        Failing(() => ImageNetFolder.OpenValidation(Root)).WithMessage("The 2 pictures of*val lie in no class folders, and no file tells their classes.*");

        Write("ILSVRC2012_validation_ground_truth.txt", "1");
        Failing(() => ImageNetFolder.OpenValidation(Root)).WithMessage("*Put ILSVRC2012_synsets.txt beside it*");
        Write("ILSVRC2012_synsets.txt", "n01440764");
        Failing(() => ImageNetFolder.OpenValidation(Root)).WithMessage("*has 1 lines, one for each picture*has 2 pictures.*");
        Write("ILSVRC2012_validation_ground_truth.txt", "1", "2");
        Failing(() => ImageNetFolder.OpenValidation(Root)).WithMessage("*line 2 should be a number from 1 to 1, but is '2'.");

        Write("LOC_val_solution.csv", "ImageId,PredictionString", "1,cat");
        Failing(() => ImageNetFolder.OpenValidation(Root)).WithMessage("*LOC_val_solution.csv: line 2 should be a picture's name, a comma and a WordNet entry*but is '1,cat'.");
        Write("LOC_val_solution.csv", "ImageId,PredictionString", "other,n01440764");
        Failing(() => ImageNetFolder.OpenValidation(Root)).WithMessage("*has an answer for none of the 2 pictures*");
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<DatasetException> Failing(Func<ImageFolder> open) =>
        FluentActions.Invoking(open).Should().Throw<DatasetException>();

    private static int[] Labels(ImageFolder folder) => [.. Enumerable.Range(0, folder.Count).Select(folder.LabelOf)];

    private void Add(params string[] files)
    {
        foreach (string file in files)
        {
            PictureFiles.Add(Root, file);
        }
    }

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(Root, name), lines);
}

using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class DataFingerprintTests
{
    [Fact]
    public void The_same_data_has_the_same_fingerprint_which_says_how_much_it_is()
    {
        string fingerprint = DataFingerprint.Of(new TinyDataset(100));

        fingerprint.Should().StartWith("100 pictures of 2 classes, ").And.Be(DataFingerprint.Of(new TinyDataset(100)));
    }

    [Fact]
    public void Count_labels_classes_names_order_and_pixels_all_count()
    {
        var whole = new TinyDataset(100);
        string[] all =
        [
            DataFingerprint.Of(whole),
            DataFingerprint.Of(new TinyDataset(99)),
            DataFingerprint.Of(new TinyDataset(100, classCount: 4)),
            DataFingerprint.Of(new NamedDataset(whole, i => $"photo{i}")),
            DataFingerprint.Of(new NamedDataset(whole, whole.NameOf, labels: new ClassLabels(["x", "y"]))),
            DataFingerprint.Of(new NamedDataset(whole, whole.NameOf, label: i => i == 50 ? 1 : i % 2)),
            DataFingerprint.Of(new Subset(whole, Enumerable.Range(0, 100).Select(i => i == 40 ? 42 : i == 42 ? 40 : i))),
            DataFingerprint.Of(new TinyDataset(100, i => TinyDataset.Picture(i + 1))),
            DataFingerprint.Of(new TinyDataset(100, i => TinyDataset.Picture(i, 6, 2))),
        ];

        all.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Pictures_may_move_to_another_folder()
    {
        var pictures = new TinyDataset(10);

        DataFingerprint.Of(new NamedDataset(pictures, i => $"/data/photos/cat/{i}.jpg"))
            .Should().Be(DataFingerprint.Of(new NamedDataset(pictures, i => $"D:/other/cat/{i}.jpg")));
        DataFingerprint.Of(new NamedDataset(pictures, i => $"/data/{(i < 5 ? "cat" : "dog")}/{i}.jpg"))
            .Should().NotBe(DataFingerprint.Of(new NamedDataset(pictures, i => $"/data/{(i < 6 ? "cat" : "dog")}/{i}.jpg")));
    }

    [Fact]
    public void Few_pictures_are_read_whatever_the_count()
    {
        var many = new TinyDataset(50_000);

        DataFingerprint.Of(many);

        many.ReadCount.Should().Be(8);
    }

    [Fact]
    public void Damaged_pictures_and_empty_sets_have_fingerprints_as_well()
    {
        var damaged = new TinyDataset(4, i => i == 0 ? throw new ImageFormatException("picture0", "it is damaged") : TinyDataset.Picture(i));

        DataFingerprint.Of(damaged).Should().NotBe(DataFingerprint.Of(new TinyDataset(4)));
        DataFingerprint.Of(new TinyDataset(0)).Should().StartWith("0 pictures of 2 classes, ");
        DataFingerprint.Of(new TinyDataset(1)).Should().StartWith("1 pictures of 2 classes, ");
    }

    private sealed class NamedDataset(IImageDataset dataset, Func<int, string> name, Func<int, int>? label = null, ClassLabels? labels = null) : IImageDataset
    {
        public int Count => dataset.Count;

        public ClassLabels Labels => labels ?? dataset.Labels;

        public int LabelOf(int index) => label is null ? dataset.LabelOf(index) : label(index);

        public string NameOf(int index) => name(index);

        public ImageSample Read(int index) => dataset.Read(index);
    }
}

using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

public class ConcatenatedDatasetTests
{
    [Fact]
    public void Pictures_follow_one_another()
    {
        var whole = new ConcatenatedDataset([new TinyDataset(3), new TinyDataset(0), new TinyDataset(2, i => TinyDataset.Picture(i + 10))]);
        var canvas = new ImageCanvas();

        whole.Count.Should().Be(5);
        Enumerable.Range(0, 5).Select(whole.LabelOf).Should().Equal(0, 1, 0, 0, 1);
        Enumerable.Range(0, 5).Select(whole.NameOf).Should().Equal("picture0", "picture1", "picture2", "picture0", "picture1");
        whole.Read(4).Image.Pixels.Should().Equal(TinyDataset.Picture(11).Pixels);
        whole.Read(3, canvas).Should().Be(0);
        canvas.Read().ToArray().Should().Equal(TinyDataset.Picture(10).Pixels);
        FluentActions.Invoking(() => whole.Read(5)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Other_classes_are_mapped_by_name_where_labels_are_given()
    {
        var labels = new ClassLabels(["class1", "other", "class0"]);
        var whole = new ConcatenatedDataset([new TinyDataset(2)], labels);

        whole.Labels.Should().BeSameAs(labels);
        (whole.LabelOf(0), whole.Read(0).Label, whole.Read(1, new ImageCanvas())).Should().Be((2, 2, 0));
    }

    [Fact]
    public void Classes_that_differ_are_an_error_that_names_them()
    {
        FluentActions.Invoking(() => new ConcatenatedDataset([new TinyDataset(2), new TinyDataset(3, classCount: 3)])).Should().Throw<DatasetException>()
            .WithMessage("The classes of the data sets 0 and 1 differ: 2 classes: class0, class1 and 3 classes: class0, class1, class2. *");
        FluentActions.Invoking(() => new ConcatenatedDataset([new TinyDataset(3, classCount: 3)], new ClassLabels(["class0", "class0", "class2"])))
            .Should().Throw<DatasetException>().WithMessage("*not there are class1; there twice are class0.*");
        FluentActions.Invoking(() => new ConcatenatedDataset([])).Should().Throw<ArgumentException>();
    }
}

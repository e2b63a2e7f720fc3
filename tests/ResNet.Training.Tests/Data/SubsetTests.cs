namespace ResNet.Training.Tests.Data;

public class SubsetTests
{
    [Fact]
    public void Members_are_those_of_the_whole_in_the_order_asked_for()
    {
        var subset = new Subset(new TinyDataset(10), [7, 2, 7]);

        subset.Count.Should().Be(3);
        subset.NameOf(1).Should().Be("picture2");
        subset.LabelOf(0).Should().Be(1);
        subset.Read(2).Image.Pixels.Should().Equal(TinyDataset.Picture(7).Pixels);
        FluentActions.Invoking(() => subset.Read(3)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void Indices_outside_the_whole_are_refused_at_once(int index)
    {
        FluentActions.Invoking(() => new Subset(new TinyDataset(10), [index])).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The data set has 10 pictures, so indices must be 0 to 9.*");
    }
}

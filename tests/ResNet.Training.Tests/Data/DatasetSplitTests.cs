namespace ResNet.Training.Tests.Data;

public class DatasetSplitTests
{
    [Fact]
    public void The_papers_45k_and_5k_take_500_pictures_of_each_class()
    {
        var split = DatasetSplit.Stratified(new TinyDataset(50_000, classCount: 10), share: 0.1);

        (split.Train.Count, split.Test.Count).Should().Be((45_000, 5_000));
        Enumerable.Range(0, split.Test.Count).GroupBy(split.Test.LabelOf).Should().OnlyContain(members => members.Count() == 500);
        split.Train.Indices.Concat(split.Test.Indices).Should().OnlyHaveUniqueItems().And.HaveCount(50_000);
        split.Test.Indices.Should().BeInAscendingOrder();
    }

    [Fact]
    public void The_seed_decides_which()
    {
        var dataset = new TinyDataset(1000);

        DatasetSplit.Stratified(dataset, 0.2, seed: 1).Test.Indices.Should().Equal(DatasetSplit.Stratified(dataset, 0.2, seed: 1).Test.Indices);
        DatasetSplit.Stratified(dataset, 0.2, seed: 1).Test.Indices.Should().NotEqual(DatasetSplit.Stratified(dataset, 0.2, seed: 2).Test.Indices);
    }

    [Fact]
    public void A_single_picture_stays_for_training_and_one_of_two_is_set_aside()
    {
        // Classes 0 and 1 have two pictures, class 2 has one.
        var split = DatasetSplit.Stratified(new TinyDataset(5, classCount: 3), share: 0.01);

        Enumerable.Range(0, split.Test.Count).Select(split.Test.LabelOf).Should().BeEquivalentTo([0, 1]);
        Enumerable.Range(0, split.Train.Count).Select(split.Train.LabelOf).Should().BeEquivalentTo([0, 1, 2]);
    }

    [Fact]
    public void A_class_is_never_set_aside_whole()
    {
        DatasetSplit.Stratified(new TinyDataset(4), share: 0.99).Train.Count.Should().Be(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_outside_0_to_1_is_refused(double share)
    {
        FluentActions.Invoking(() => DatasetSplit.Stratified(new TinyDataset(4), share)).Should().Throw<ArgumentOutOfRangeException>();
    }
}

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

    [Fact]
    public void A_count_sets_aside_exactly_as_many_of_each_class_by_its_size()
    {
        // Classes of 30, 30, 29 and 1 pictures.
        var uneven = new Subset(new TinyDataset(120, classCount: 4), Enumerable.Range(0, 120).Where(i => i % 4 < 2 || (i % 4 == 2 && i > 2) || i == 3));

        var split = DatasetSplit.Stratified(uneven, testCount: 10);

        (split.Train.Count, split.Test.Count).Should().Be((80, 10));
        Enumerable.Range(0, 10).CountBy(split.Test.LabelOf).Select(pair => (pair.Key, pair.Value)).Should().BeEquivalentTo([(0, 4), (1, 3), (2, 3)]);
        DatasetSplit.Stratified(uneven, testCount: 86).Train.Count.Should().Be(4);
        FluentActions.Invoking(() => DatasetSplit.Stratified(uneven, testCount: 87)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Of 90 pictures in 4 classes, 1 to 86 can be set aside*");
        FluentActions.Invoking(() => DatasetSplit.Stratified(uneven, testCount: 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_count_chooses_the_pictures_that_its_share_does()
    {
        var dataset = new TinyDataset(5000, classCount: 10);

        DatasetSplit.Stratified(dataset, testCount: 500, seed: 3).Test.Indices.Should().Equal(DatasetSplit.Stratified(dataset, share: 0.1, seed: 3).Test.Indices);
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

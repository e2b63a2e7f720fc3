namespace ResNet.Training.Tests;

public sealed class MicroBatchesTests
{
    [Fact]
    public void A_batch_is_cut_into_parts_and_a_rest()
    {
        MicroBatches.Of(11, 4, joinsSingle: false).Should().Equal((0, 4), (4, 4), (8, 3));
        MicroBatches.Of(11, 5, joinsSingle: false).Should().Equal((0, 5), (5, 5), (10, 1));
        MicroBatches.Of(11, null, joinsSingle: false).Should().Equal((0, 11));
        MicroBatches.Of(3, 5, joinsSingle: false).Should().Equal((0, 3));
    }

    [Fact]
    public void A_rest_of_one_image_may_join_the_part_before_it()
    {
        MicroBatches.Of(11, 5, joinsSingle: true).Should().Equal((0, 5), (5, 6));
        MicroBatches.Of(12, 5, joinsSingle: true).Should().Equal((0, 5), (5, 5), (10, 2));
        MicroBatches.Of(10, 5, joinsSingle: true).Should().Equal((0, 5), (5, 5));
        MicroBatches.Of(1, 5, joinsSingle: true).Should().Equal((0, 1));
    }
}

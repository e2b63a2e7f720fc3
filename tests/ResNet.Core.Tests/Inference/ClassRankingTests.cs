using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Core.Tests.Inference;

public class ClassRankingTests
{
    [Fact]
    public void Of_equal_probabilities_the_first_class_comes_first()
    {
        var top = ClassRanking.Top([0.1f, 0.4f, 0.1f, 0.4f], 3, new ClassLabels(["a", "b", "c", "d"]));
        top.Should().Equal(new Prediction(1, "b", 0.4f), new Prediction(3, "d", 0.4f), new Prediction(0, "a", 0.1f));
    }

    [Fact]
    public void Not_a_number_comes_last_and_harms_no_order()
    {
        ClassRanking.Top([float.NaN, 0.1f, float.NaN, 0.3f], 4, labels: null).Select(p => p.Index).Should().Equal(3, 1, 0, 2);
    }
}

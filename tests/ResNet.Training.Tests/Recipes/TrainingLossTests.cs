using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>Values and gradients of PyTorch's cross_entropy (1.13) on the same numbers.</summary>
public sealed class TrainingLossTests
{
    private static readonly double[] Weights = [1, 2, 0.5, 1.5];

    public static TheoryData<bool, double, bool, double, double[]> Cases => new()
    {
        { false, 0.0, false, 2.4697787761688232, [0.0532312, 0.0092502, -0.0947677, 0.0322863, 0.2026659, 0.0580647, 0.0213608, -0.2820914, -0.3314986, 0.272296, 0.0223514, 0.0368512] },
        { false, 0.0, true, 2.7261266708374023, [0.0266156, 0.0046251, -0.0473839, 0.0161432, 0.3039988, 0.0870971, 0.0320412, -0.4231371, -0.3314986, 0.272296, 0.0223514, 0.0368512] },
        { false, 0.1, false, 2.4333202838897705, [0.0448978, 0.0009169, -0.0697677, 0.023953, 0.1943325, 0.0497314, 0.0130275, -0.2570914, -0.3064986, 0.2639626, 0.0140181, 0.0285179] },
        { false, 0.1, true, 2.712757110595703, [0.0222746, -0.0113478, -0.0169914, 0.0060646, 0.2905988, 0.0689788, 0.0273405, -0.3869181, -0.3064527, 0.2624367, 0.0187435, 0.0252725] },
        { true, 0.0, false, 2.369779109954834, [-0.1801022, -0.0907498, 0.2385656, 0.0322863, 0.2026659, -0.0252686, -0.2286392, 0.0512419, -0.0314986, 0.2056293, -0.0776486, -0.0964821] },
        { true, 0.0, true, 2.555600881576538, [-0.1641328, -0.1879748, 0.3101353, 0.0419722, 0.1773326, -0.11586, -0.1063093, 0.0448367, -0.0310399, 0.2070366, -0.0220607, -0.1539359] },
        { true, 0.1, false, 2.343320608139038, [-0.1651022, -0.0890832, 0.2302323, 0.023953, 0.1943325, -0.0252686, -0.2119725, 0.0429086, -0.0364986, 0.2039626, -0.0759819, -0.0914821] },
        { true, 0.1, true, 2.55928373336792, [-0.149399, -0.1846877, 0.3047758, 0.0293108, 0.1765992, -0.1136826, -0.0971749, 0.0342583, -0.0360399, 0.2037033, -0.0212274, -0.1464359] },
    };

    /// <summary>In double precision, one of the weights 0: parts of this batch of five have no weight of their own.</summary>
    public static TheoryData<bool, double, double, double[]> ExactCases => new()
    {
        { false, 0.0, 3.797460198010493, [0, 0, -0, 0, 0.2026658318, 0.05806473298, 0.02136082152, -0.2820913863, -0.2209990784, 0.1815306363, 0.01490094203, 0.02456750008, 0, 0, -0, 0, 0.2593308678, -0.4396946339, 0.122499228, 0.05786453807] },
        { false, 0.1, 3.6982472095577403, [-0.001563216805, -0.01041734666, 0.01789242094, -0.005911857477, 0.1920436305, 0.04550200354, 0.02082680098, -0.258372435, -0.2043171225, 0.1726886581, 0.01508720381, 0.0165412605, -0.002678628894, -0.01028685782, 0.004743250182, 0.008222236534, 0.2424295868, -0.4065691048, 0.1171398868, 0.04699963119] },
        { true, 0.0, 2.2506189032327453, [-0.1100766125, -0.09306235552, 0.1789242094, 0.02421475856, 0.06079974955, -0.08258058011, 0.006408246456, 0.0153725841, -0.02348635954, 0.1246441624, 0.01843991576, -0.1195977187, 0, 0, 0, 0, 0.07504833577, -0.1967938779, 0.08268697893, 0.03905856319] },
        { true, 0.1, 2.278036741122938, [-0.1004758464, -0.09313173196, 0.1771349674, 0.01647261098, 0.06339971824, -0.08040315262, 0.007209277263, 0.009794157114, -0.02601388028, 0.1205597231, 0.01810464457, -0.1126504874, -0.002410766004, -0.00925817204, 0.004268925164, 0.007400012881, 0.07567212738, -0.1868740309, 0.08061980446, 0.03058209911] },
    };

    [Theory]
    [MemberData(nameof(ExactCases))]
    public void Parts_of_any_size_come_to_PyTorchs_loss_and_gradients_of_the_whole_batch(bool mixed, double smoothing, double value, double[] gradients)
    {
        using var scope = torch.NewDisposeScope();
        using var loss = new TrainingLoss(smoothing, [1, 2, 0, 1.5], torch.CPU);
        var labels = torch.tensor([2L, 3, 0, 2, 1]);
        var soft = mixed ? torch.tensor([0.75f, 0.25f, 0, 0, 0, 0.25f, 0.75f, 0, 0.125f, 0.25f, 0.125f, 0.5f, 0, 0, 1, 0, 0.5f, 0.5f, 0, 0]).reshape(5, 4) : null;
        for (int size = 1; size <= 5; size++)
        {
            var logits = torch.tensor([0.5, -1.25, 2, 0, 1.5, 0.25, -0.75, 0.125, -2, 3, 0.5, 1, 0.75, -0.5, 1.25, 2.5, 1, -3, 0.25, -0.5]).reshape(5, 4).requires_grad_(true);
            double weight = loss.WeightOf(labels, soft);
            double sum = 0;
            for (int start = 0; start < 5; start += size)
            {
                int count = Math.Min(size, 5 - start);
                var part = loss.SumOf(logits.narrow(0, start, count), labels.narrow(0, start, count), soft?.narrow(0, start, count)) / weight;
                part.backward();
                sum += part.item<double>();
            }

            sum.Should().BeApproximately(value, 1e-12);
            logits.grad!.data<double>().ToArray().Should().Equal(gradients, (ours, theirs) => Math.Abs(ours - theirs) < 1e-9);
        }
    }

    [Fact]
    public void A_batch_of_weight_0_is_told_from_others()
    {
        using var loss = new TrainingLoss(0.1, [1, 2, 0, 1.5], torch.CPU);
        using var labels = torch.tensor([2L, 2, 2]);
        using var soft = Shares();

        loss.WeightOf(labels, null).Should().Be(0);
        loss.WeightOf(labels, soft).Should().Be(3, "PyTorch divides soft labels by the number of images");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_gradients_are_PyTorchs(bool mixed, double smoothing, bool weighted, double value, double[] gradients)
    {
        using var scope = torch.NewDisposeScope();
        using var loss = new TrainingLoss(smoothing, weighted ? Weights : null, torch.CPU);
        var logits = Logits().requires_grad_(true);

        var soft = mixed ? Shares() : null;
        var result = loss.SumOf(logits, Labels(), soft) / loss.WeightOf(Labels(), soft);
        result.backward();

        result.item<float>().Should().BeApproximately((float)value, 1e-6f);
        logits.grad!.data<float>().ToArray().Should().Equal(gradients, (ours, theirs) => Math.Abs(ours - theirs) < 1e-6);
    }

    [Fact]
    public void Logits_in_bfloat16_still_give_a_loss_in_float32()
    {
        using var scope = torch.NewDisposeScope();
        using var loss = new TrainingLoss(0, null, torch.CPU);

        var result = loss.SumOf(Logits().to(torch.bfloat16), Labels(), null);

        result.dtype.Should().Be(torch.float32);
        result.item<float>().Should().BeApproximately(3 * 2.4697788f, 3e-6f, "these logits are exact in bfloat16");
    }

    [Fact]
    public void Only_the_loss_outlives_its_computation()
    {
        using var loss = new TrainingLoss(0.1, Weights, torch.CPU);
        using var logits = Logits();
        using var labels = Labels();

        LiveTensors.ShouldBeLeftBy(() => loss.SumOf(logits, labels, null).Dispose(), 0);
        LiveTensors.ShouldBeLeftBy(() => loss.WeightOf(labels, null), 0);
    }

    private static Tensor Logits() =>
        torch.tensor([0.5f, -1.25f, 2, 0, 1.5f, 0.25f, -0.75f, 0.125f, -2, 3, 0.5f, 1]).reshape(3, 4);

    private static Tensor Labels() => torch.tensor([2L, 3, 0]);

    private static Tensor Shares() => torch.tensor([0.7f, 0.3f, 0, 0, 0, 0.25f, 0.75f, 0, 0.1f, 0.2f, 0.3f, 0.4f]).reshape(3, 4);
}

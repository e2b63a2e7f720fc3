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

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_gradients_are_PyTorchs(bool mixed, double smoothing, bool weighted, double value, double[] gradients)
    {
        using var scope = torch.NewDisposeScope();
        using var loss = new TrainingLoss(smoothing, weighted ? Weights : null, torch.CPU);
        var logits = Logits().requires_grad_(true);

        var result = loss.Of(logits, Labels(), mixed ? Shares() : null);
        result.backward();

        result.item<float>().Should().BeApproximately((float)value, 1e-6f);
        logits.grad!.data<float>().ToArray().Should().Equal(gradients, (ours, theirs) => Math.Abs(ours - theirs) < 1e-6);
    }

    [Fact]
    public void Logits_in_bfloat16_still_give_a_loss_in_float32()
    {
        using var scope = torch.NewDisposeScope();
        using var loss = new TrainingLoss(0, null, torch.CPU);

        var result = loss.Of(Logits().to(torch.bfloat16), Labels(), null);

        result.dtype.Should().Be(torch.float32);
        result.item<float>().Should().BeApproximately(2.4697788f, 1e-6f, "these logits are exact in bfloat16");
    }

    [Fact]
    public void Only_the_loss_outlives_its_computation()
    {
        using var loss = new TrainingLoss(0.1, Weights, torch.CPU);
        using var logits = Logits();
        using var labels = Labels();

        LiveTensors.ShouldBeLeftBy(() => loss.Of(logits, labels, null).Dispose(), 0);
    }

    private static Tensor Logits() =>
        torch.tensor([0.5f, -1.25f, 2, 0, 1.5f, 0.25f, -0.75f, 0.125f, -2, 3, 0.5f, 1]).reshape(3, 4);

    private static Tensor Labels() => torch.tensor([2L, 3, 0]);

    private static Tensor Shares() => torch.tensor([0.7f, 0.3f, 0, 0, 0, 0.25f, 0.75f, 0, 0.1f, 0.2f, 0.3f, 0.4f]).reshape(3, 4);
}

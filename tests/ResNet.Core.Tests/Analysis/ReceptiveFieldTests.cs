using System.Runtime.InteropServices;
using ResNet.Analysis;
using TorchSharp;

namespace ResNet.Core.Tests.Analysis;

public sealed class ReceptiveFieldTests
{
    [Theory]
    [InlineData(18, StridePlacement.Middle3x3, 435)]
    [InlineData(34, StridePlacement.Middle3x3, 899)]
    [InlineData(50, StridePlacement.Middle3x3, 427)]
    [InlineData(50, StridePlacement.First1x1, 483)]
    [InlineData(101, StridePlacement.Middle3x3, 971)]
    [InlineData(101, StridePlacement.First1x1, 1027)]
    [InlineData(152, StridePlacement.Middle3x3, 1451)]
    [InlineData(152, StridePlacement.First1x1, 1507)]
    public void The_last_stage_has_the_known_field(int depth, StridePlacement placement, int size)
    {
        var last = StageGeometry.Of(OfDepth(depth) with { BottleneckStride = placement })[^1];
        (last.Name, last.Field.Size, last.Field.Stride).Should().Be(("layer4", size, 32));
        last.Channels.Should().Be(depth < 50 ? 512 : 2048);
    }

    [Fact]
    public void Every_stage_is_listed_after_the_stem() =>
        StageGeometry.Of(ResNetOptions.Cifar(20)).Should().Equal(
            new StageGeometry("stem", 16, new ReceptiveField(3, 1, 1)),
            new StageGeometry("layer1", 16, new ReceptiveField(15, 1, 7)),
            new StageGeometry("layer2", 32, new ReceptiveField(37, 2, 18)),
            new StageGeometry("layer3", 64, new ReceptiveField(81, 4, 40)));

    [Theory]
    [InlineData(BlockKind.Basic, StemKind.ImageNet, StridePlacement.Middle3x3, false)]
    [InlineData(BlockKind.Bottleneck, StemKind.ImageNet, StridePlacement.Middle3x3, false)]
    [InlineData(BlockKind.Bottleneck, StemKind.ImageNet, StridePlacement.First1x1, false)]
    [InlineData(BlockKind.Basic, StemKind.Cifar, StridePlacement.Middle3x3, true)]
    public void An_output_depends_on_the_pixels_of_its_field_and_no_others(BlockKind block, StemKind stem, StridePlacement placement, bool preActivation)
    {
        torch.random.manual_seed(5);
        var options = ResNetOptions.Cifar(8) with
        {
            Block = block,
            Stem = stem,
            BottleneckStride = placement,
            PreActivation = preActivation,
            BaseWidth = 4,
            BlocksPerStage = [1, 2],
            Shortcut = ShortcutOption.B,
        };
        var stages = StageGeometry.Of(options);
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(options);
        model.to(torch.float64).eval();
        MakePositive(model);

        for (int stage = 1; stage < stages.Count; stage++)
        {
            var field = stages[stage].Field;
            const int Position = 6;
            int first = (Position * field.Stride) - field.Padding;
            first.Should().BePositive("the field must lie within the picture to be seen whole");
            Influences(model, stage - 1, Position, side: first + field.Size + 20)
                .Should().Equal(Enumerable.Range(first, field.Size), $"{stages[stage].Name} of {options.Block} sees these rows");
        }
    }

    /// <summary>Rows whose pixels change one output, found by the gradient. A maximum passes on one pixel only, so several pictures are asked.</summary>
    private static List<int> Influences(ResNetModel model, int stage, int position, int side)
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.rand([16, 3, side, side], torch.float64).requires_grad_();
        var map = model.ForwardStages(input)[stage];
        map[torch.TensorIndex.Colon, torch.TensorIndex.Colon, position, position].sum().backward();
        var rows = input.grad!.abs().sum([0, 1, 3]).contiguous();
        double[] values = MemoryMarshal.Cast<byte, double>(rows.bytes).ToArray();
        return [.. Enumerable.Range(0, side).Where(row => values[row] > 0)];
    }

    /// <summary>So that no ReLU stops a gradient, and none cancels another.</summary>
    private static void MakePositive(ResNetModel model)
    {
        using var noGradient = torch.no_grad();
        foreach (var parameter in model.parameters())
        {
            parameter.abs_();
        }
    }

    private static ResNetOptions OfDepth(int depth) => depth switch
    {
        18 => ResNetOptions.ResNet18,
        34 => ResNetOptions.ResNet34,
        50 => ResNetOptions.ResNet50,
        101 => ResNetOptions.ResNet101,
        _ => ResNetOptions.ResNet152,
    };
}

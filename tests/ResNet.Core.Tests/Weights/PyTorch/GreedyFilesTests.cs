using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

public class GreedyFilesTests
{
    public static TheoryData<string> Names => new(GreedyFiles.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_greedy_file_gets_no_more_than_the_bounds(string name)
    {
        var probe = Probe.Watched(GreedyFiles.All[name](), "greedy.pth");
        probe.Finding().Should().BeNull();
    }

    [Fact]
    public void The_bounds_have_room_for_the_deepest_network_and_its_optimiser()
    {
        const int Tensors = 10_813;
        var zip = CheckpointBytes.Zip(CheckpointPickle.Of([.. Enumerable.Range(0, Tensors).Select(i =>
            KeyValuePair.Create($"layer3.{i}.conv1.weight", new PickledTensor { Key = $"x{i}", Shape = [1, 6, 1, 1], Strides = [6, 1, 1, 1] }))]));
        for (int i = 0; i < Tensors; i++)
        {
            zip.Add($"archive/data/x{i}", CheckpointBytes.Floats);
        }

        var probe = Probe.Watched(zip.ToArray(), "good.pth");
        probe.Finding().Should().BeNull();
        probe.Refusal.Should().BeNull();
        probe.Names.Should().HaveCount(Tensors);
    }
}

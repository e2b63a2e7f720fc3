using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

public sealed class MapHistogramTests
{
    [Fact]
    public void Even_numbers_use_the_whole_range()
    {
        using var map = torch.linspace(0, 51, 100_000);
        var histogram = new MapHistogram(51);

        histogram.Count(map);

        histogram.BestStep().Should().BeApproximately(51f / 255, 0.002f);
    }

    [Fact]
    public void A_rare_great_number_is_cut_off()
    {
        using var scope = torch.NewDisposeScope();
        var histogram = new MapHistogram(100);
        for (int i = 0; i < 20; i++)
        {
            histogram.Count(torch.linspace(0, 10, 500_000));
        }

        histogram.Count(torch.full([3], 100f));

        histogram.BestStep().Should().BeLessThan(60f / 255);
    }

    [Fact]
    public void A_map_of_zeros_has_a_step_all_the_same()
    {
        using var map = torch.zeros(64);
        var histogram = new MapHistogram(0);

        histogram.Count(map);

        histogram.BestStep().Should().Be(1);
    }
}

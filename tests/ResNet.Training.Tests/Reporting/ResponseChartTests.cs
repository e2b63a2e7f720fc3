using ResNet.Analysis;
using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class ResponseChartTests
{
    private static readonly (byte, byte, byte) FirstColor = (0x3b, 0x7d, 0xd8), SecondColor = (0xc8, 0x32, 0x1f);

    [Fact]
    public void Each_network_has_its_line_in_both_plots()
    {
        var one = Draw([("one", Layers(0.5, 0.9, 0.2))]);
        var two = Draw([("one", Layers(0.5, 0.9, 0.2)), ("two", Layers(0.1, 0.3, 0.4))]);

        (two.Width, two.Height).Should().Be((1200, 960));
        Count(one, SecondColor, 0, 960).Should().Be(0);
        Count(two, SecondColor, 0, 480).Should().BePositive();
        Count(two, SecondColor, 480, 960).Should().BePositive();
        Count(two, FirstColor, 480, 960).Should().BePositive();
    }

    [Fact]
    public void The_lower_plot_does_not_know_the_order_of_the_layers()
    {
        var rising = Draw([("net", Layers(0.2, 0.5, 0.9))]);
        var mixed = Draw([("net", Layers(0.5, 0.9, 0.2))]);

        Part(rising, 480, 960).SequenceEqual(Part(mixed, 480, 960)).Should().BeTrue();
        Part(rising, 0, 480).SequenceEqual(Part(mixed, 0, 480)).Should().BeFalse();
    }

    [Fact]
    public void A_diverged_network_leaves_a_gap() =>
        Count(Draw([("net", Layers(0.5, double.NaN, 0.2))]), FirstColor, 0, 480).Should().BePositive();

    [Fact]
    public void Without_networks_or_layers_there_is_no_chart()
    {
        FluentActions.Invoking(() => Draw([])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Draw([("net", [])])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void The_table_ranks_the_layers_of_each_network() =>
        ResponseTable.ToText([("a, b", Layers(0.5, 0.9)), ("pre", [new LayerResponse("conv1", 0.25, -1, 8, IsNormalized: false)])]).Should().Be(
            "network,layer,name,standard_deviation,mean,rank,values,measured_after\n"
            + "\"a, b\",1,layer0,0.5,0,2,10,normalization\n"
            + "\"a, b\",2,layer1,0.9,0,1,10,normalization\n"
            + "pre,1,conv1,0.25,-1,1,8,convolution\n");

    private static LayerResponse[] Layers(params double[] values) => [.. values.Select((value, i) => new LayerResponse($"layer{i}", value, 0, 10, IsNormalized: true))];

    private static RgbImage Draw(IReadOnlyList<(string Name, IReadOnlyList<LayerResponse> Layers)> networks) =>
        ImageDecoder.Decode(new MemoryStream(ResponseChart.ToPng("Responses", networks)), "the chart");

    private static byte[] Part(RgbImage image, int top, int bottom) => image.Pixels[(3 * top * image.Width)..(3 * bottom * image.Width)];

    private static int Count(RgbImage image, (byte Red, byte Green, byte Blue) color, int top, int bottom) =>
        Part(image, top, bottom).Chunk(3).Count(pixel => (pixel[0], pixel[1], pixel[2]) == color);
}

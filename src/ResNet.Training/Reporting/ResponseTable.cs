using System.Globalization;
using System.Text;
using ResNet.Analysis;

namespace ResNet.Training;

/// <summary>Responses of the layers of one or several networks as comma-separated values (section 4.2, Figure 7).</summary>
public static class ResponseTable
{
    private const string Header = "network,layer,name,standard_deviation,mean,rank,values,measured_after";

    /// <summary>Writes a line for each layer of each network.</summary>
    /// <param name="networks">Each network's name and the responses of its layers in order.</param>
    /// <returns>The text: layers count from 1; rank 1 is the layer of the network that responds most; measured_after is
    /// <c>normalization</c>, or <c>convolution</c> where none follows.</returns>
    public static string ToText(IReadOnlyList<(string Name, IReadOnlyList<LayerResponse> Layers)> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        var text = new StringBuilder(Header).Append('\n');
        foreach (var (name, layers) in networks)
        {
            int[] ranks = Ranks(layers);
            for (int i = 0; i < layers.Count; i++)
            {
                var layer = layers[i];
                text.Append(CultureInfo.InvariantCulture, $"{VisibleText.CsvField(name)},{i + 1},{VisibleText.CsvField(layer.Name)},{layer.StandardDeviation:R},{layer.Mean:R},{ranks[i]},{layer.ValueCount},")
                    .Append(layer.IsNormalized ? "normalization" : "convolution").Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Writes the text of <see cref="ToText"/> to a file, whole or not at all.</summary>
    /// <param name="path">The file; its folder is created if it is missing.</param>
    /// <param name="networks">Each network's name and the responses of its layers in order.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IReadOnlyList<(string Name, IReadOnlyList<LayerResponse> Layers)> networks) =>
        AtomicFile.WriteAllText(path, ToText(networks));

    private static int[] Ranks(IReadOnlyList<LayerResponse> layers)
    {
        int[] ranks = new int[layers.Count];
        int rank = 1;
        foreach (int layer in Enumerable.Range(0, layers.Count).OrderByDescending(i => layers[i].StandardDeviation))
        {
            ranks[layer] = rank++;
        }

        return ranks;
    }
}

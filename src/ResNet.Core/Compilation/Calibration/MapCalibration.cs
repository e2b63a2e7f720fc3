using ResNet.Graph;
using TorchSharp;

namespace ResNet.Compilation;

/// <summary>
/// Finds for each map behind a ReLU what one step of its bytes shall be worth: some pictures go through the network in float32 twice, once for the greatest number
/// of each map and once to count how often which numbers come.
/// </summary>
internal sealed class MapCalibration : IDisposable
{
    /// <summary>Numbers of the pictures that go through the network together, about: eight pictures of 224x224.</summary>
    private const long ChunkNumbers = 8 * 3 * 224 * 224;

    private const int LookCount = 2;

    private readonly NetworkGraph _graph;
    private readonly PictureSamples _samples;
    private readonly TorchEngine _engine;
    private readonly IProgress<double>? _progress;
    private readonly CancellationToken _cancellationToken;
    private int _seenCount;

    private MapCalibration(NetworkGraph graph, PictureSamples samples, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        _graph = graph;
        _samples = samples;
        _engine = new TorchEngine(graph, torch.CPU, torch.ScalarType.Float32);
        _progress = progress;
        _cancellationToken = cancellationToken;
    }

    /// <param name="folded">The network, folded.</param>
    /// <param name="samples">Some hundred pictures.</param>
    /// <param name="progress">Hears which share is done, 0 to 1.</param>
    /// <param name="cancellationToken">Ends it between two lots of pictures.</param>
    /// <returns>The step of each ReLU's map, by the index of the ReLU.</returns>
    /// <exception cref="NotSupportedException">A map has numbers that are not finite.</exception>
    public static IReadOnlyDictionary<int, float> Steps(
        NetworkGraph folded, PictureSamples samples, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var calibration = new MapCalibration(folded, samples, progress, cancellationToken);
        var greatest = calibration.Greatest();
        var histograms = greatest.ToDictionary(map => map.Key, map => new MapHistogram(map.Value));
        calibration.Look((node, map) => histograms[node].Count(map));
        return histograms.ToDictionary(map => map.Key, map => map.Value.BestStep());
    }

    public void Dispose() => _engine.Dispose();

    private Dictionary<int, float> Greatest()
    {
        var greatest = new Dictionary<int, float>();
        Look((node, map) =>
        {
            using var most = map.max();
            float value = most.item<float>();
            if (!float.IsFinite(value))
            {
                throw new NotSupportedException($"int8 cannot be calibrated: {_graph.Nodes[node].Name} has numbers that are not finite");
            }

            greatest[node] = Math.Max(value, greatest.GetValueOrDefault(node));
        });
        return greatest;
    }

    private void Look(Action<int, Tensor> look)
    {
        int count = _samples.Count, together = (int)Math.Clamp(ChunkNumbers / _samples.Size, 1, count);
        for (int first = 0; first < count; first += together)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int taken = Math.Min(together, count - first);
            using var some = _samples.Take(first, taken);
            _engine.Forward(some, (node, map) =>
            {
                if (_graph.Nodes[node] is ReluNode)
                {
                    look(node, map);
                }
            }).Dispose();
            _seenCount += taken;
            _progress?.Report(_seenCount / ((double)LookCount * count));
        }
    }
}

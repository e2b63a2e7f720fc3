using System.Text.Json.Nodes;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>A checkpoint of every kind of tensor that a run has, small enough to be damaged at each of its bytes.</summary>
internal sealed class SampleCheckpoint : IDisposable
{
    private readonly Tensor _weights = torch.arange(24, dtype: torch.ScalarType.Float32).reshape(2, 3, 4) / 7;
    private readonly Tensor _velocity = torch.tensor(new[] { float.NaN, float.NegativeInfinity, -0f, float.Epsilon });
    private readonly Tensor _batchCount = torch.tensor(123_456_789_012L);
    private readonly Tensor _generator = torch.arange(64, dtype: torch.ScalarType.Byte);

    public Checkpoint At(int iteration) => new(
        iteration,
        [
            KeyValuePair.Create("model.conv1.weight", _weights),
            KeyValuePair.Create("velocity", _velocity),
            KeyValuePair.Create("model.bn1.num_batches_tracked", _batchCount),
            KeyValuePair.Create("generator", _generator),
        ],
        new JsonObject { ["run"] = new JsonObject { ["iteration"] = iteration, ["text"] = "\"é\" \u2028 \n" } });

    public void Dispose()
    {
        _weights.Dispose();
        _velocity.Dispose();
        _batchCount.Dispose();
        _generator.Dispose();
    }
}

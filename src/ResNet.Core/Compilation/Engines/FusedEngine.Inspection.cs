using ResNet.Graph;
using TorchSharp;

namespace ResNet.Compilation;

internal sealed unsafe partial class FusedEngine
{
    /// <summary>Runs some pictures layer by layer beside torch.</summary>
    /// <param name="folded">The graph that the engine was made of.</param>
    /// <param name="pictures">A few pictures, N×C×H×W float.</param>
    /// <param name="tolerance">How far a result may be off, as a fraction of its root mean square.</param>
    /// <returns>Which layer is the first one that is wrong, as the end of a sentence; null if all are right.</returns>
    public string? FirstWrongLayer(NetworkGraph folded, Tensor pictures, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        var expected = new Dictionary<int, Tensor>();
        using var torchEngine = new TorchEngine(folded, torch.CPU, torch.ScalarType.Float32);
        torchEngine.Forward(pictures, (node, value) => expected[node] = value.clone().DetachFromDisposeScope()).Dispose();
        try
        {
            foreach (var (operation, actual) in Results(pictures))
            {
                using (actual)
                {
                    double error = operation is PictureOperation ? 0 : SelfCheck.Difference(expected[operation.Node].reshape(actual.shape), actual);
                    if (error > tolerance)
                    {
                        return $"; the first wrong layer is {operation.Name}, off by {error:0.###}";
                    }
                }
            }

            return null;
        }
        finally
        {
            foreach (var value in expected.Values)
            {
                value.Dispose();
            }
        }
    }

    /// <summary>The result of every operation, N×C×H×W float.</summary>
    private IEnumerable<(FusedOperation Operation, Tensor Result)> Results(Tensor pictures)
    {
        int count = (int)pictures.shape[0];
        using var plan = PlanBuilder.Build(network, (int)pictures.shape[2], (int)pictures.shape[3], count, reusesMemory: false);
        Run(plan, pictures, count);
        for (int i = 0; i < network.Operations.Count; i++)
        {
            yield return (network.Operations[i], Read(plan, i, count));
        }
    }

    private void Run(ExecutionPlan plan, Tensor pictures, int count)
    {
        using (_turn.Take())
        {
            fixed (byte* first = pictures.bytes)
            {
                plan.Run((float*)first, count, new float[count * classCount], team);
            }
        }
    }

    private Tensor Read(ExecutionPlan plan, int index, int count)
    {
        var operation = network.Operations[index];
        var place = plan.Place(index);
        float[] values = new float[(long)count * place.Height * place.Width * operation.Channels];
        byte* map = plan.Map(index);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = operation.Format.Kind switch
            {
                NumberKind.Float32 => ((float*)map)[i],
                NumberKind.BFloat16 => BFloat16Bits.Expand(((ushort*)map)[i]),
                _ => map[i] * operation.Format.Step,
            };
        }

        using var pixels = torch.tensor(values, [count, place.Height, place.Width, operation.Channels], dtype: torch.float32, device: torch.CPU);
        return pixels.permute(0, 3, 1, 2).contiguous();
    }
}

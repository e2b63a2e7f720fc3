using System.Runtime.InteropServices;
using TorchSharp;

namespace ResNet.Compilation;

/// <summary>
/// Runs fused operations on oneDNN's small matrix products. Large batches run in pieces whose maps stay in the processor's caches. Once a size of pictures has been
/// seen, a pass allocates nothing.
/// </summary>
internal sealed unsafe partial class FusedEngine(FusedNetwork network, int classCount, int channels, ComputeTeam team) : InferenceEngine
{
    /// <summary>Sizes of pictures whose plans are kept, those last seen.</summary>
    private const int MaxPlans = 8;

    /// <summary>Bytes of the largest map of a piece, about.</summary>
    private const long PieceBytes = 16 << 20;

    /// <summary>Bytes of the pictures that are looked at together: spans are no longer.</summary>
    private const long MostBytes = int.MaxValue;

    /// <summary>Its map is the largest one of all our networks.</summary>
    private readonly ConvolutionOperation _stem = network.Operations.OfType<ConvolutionOperation>().First();

    private readonly FairTurn _turn = new();
    private readonly List<(int Height, int Width, ExecutionPlan Plan)> _plans = [];
    private bool _disposed;

    /// <summary>Bytes of packed weights and of all maps planned so far.</summary>
    public long MemorySize
    {
        get
        {
            using (_turn.Take())
            {
                return network.WeightBytes + _plans.Sum(plan => plan.Plan.MemorySize);
            }
        }
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        long count = images.shape[0], most = MostBytes / sizeof(float) / (images.numel() / count);
        if (most == 0)
        {
            throw new ArgumentException($"A picture may have {MostBytes / sizeof(float)} numbers, but those of {string.Join('×', images.shape)} have more; make them smaller.", nameof(images));
        }

        var logits = torch.empty(count, classCount, dtype: torch.float32, device: torch.CPU);
        for (long first = 0; first < count; first += most)
        {
            using var lot = torch.NewDisposeScope();
            long next = Math.Min(most, count - first);
            var input = images.narrow(0, first, next).to(torch.ScalarType.Float32, torch.CPU).contiguous();
            Forward(
                MemoryMarshal.Cast<byte, float>(input.bytes), (int)next, (int)images.shape[2], (int)images.shape[3],
                MemoryMarshal.Cast<byte, float>(logits.narrow(0, first, next).bytes));
        }

        return logits.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> images, int count, int height, int width, Span<float> logits)
    {
        int size = channels * height * width;
        using (_turn.Take())
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(CompiledResNet));
            int pieces = Pieces(count, height, width);
            var plan = Plan(height, width, (count + pieces - 1) / pieces);
            fixed (float* first = images)
            {
                for (int done = 0, piece = 0; piece < pieces; piece++)
                {
                    int next = (int)((long)count * (piece + 1) / pieces) - done;
                    plan.Run(first + ((long)done * size), next, logits.Slice(done * classCount, next * classCount), team);
                    done += next;
                }

                for (int i = 0; network.HasBytes && i < count; i++)
                {
                    if (!FiniteNumbers.Are(first + ((long)i * size), size))
                    {
                        logits.Slice(i * classCount, classCount).Fill(float.NaN);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        using (_turn.Take())
        {
            if (!_disposed)
            {
                _disposed = true;
                _plans.ForEach(plan => plan.Plan.Dispose());
                network.Dispose();
            }
        }
    }

    private int Pieces(int count, int height, int width)
    {
        long map = (long)height * width / (_stem.Stride * _stem.Stride) * _stem.Channels * _stem.Format.Kind.Size();
        long most = Math.Max(1, PieceBytes / Math.Max(1, map));
        return (int)((count + most - 1) / most);
    }

    private ExecutionPlan Plan(int height, int width, int images)
    {
        int index = Find(height, width);
        if (index >= 0 && _plans[index].Plan.Capacity >= images)
        {
            var found = _plans[index];
            _plans.RemoveAt(index);
            _plans.Add(found);
            return found.Plan;
        }

        if (index < 0 && _plans.Count == MaxPlans)
        {
            index = 0;
        }

        if (index >= 0)
        {
            _plans[index].Plan.Dispose();
            _plans.RemoveAt(index);
        }

        var plan = PlanBuilder.Build(network, height, width, images);
        _plans.Add((height, width, plan));
        return plan;
    }

    /// <summary>A loop, since a lambda would be allocated at every pass.</summary>
    private int Find(int height, int width)
    {
        for (int i = 0; i < _plans.Count; i++)
        {
            if (_plans[i].Height == height && _plans[i].Width == width)
            {
                return i;
            }
        }

        return -1;
    }
}

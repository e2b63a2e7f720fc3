using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Training;

/// <summary>Chooses how a network is trained on this machine: the first of a fixed order, fastest first, that a trial finds right.</summary>
/// <remarks>It takes no times: what they say changes with what else the machine does, and the same seed must give the same weights.</remarks>
internal static class ComputePathSelector
{
    // Four photos of 224×224, or a whole batch of small pictures: enough to find wrong kernels, done in seconds.
    private const long PixelLimit = 4 * 224 * 224;

    // Of a single image batch normalisation may see one value a channel.
    private const int FewestPictures = 2;
    private static readonly ComputePath Reference = new() { ChannelsLast = false, BFloat16 = false, Reason = "Float32 was asked for: float32, channels first, the reference." };
    private static readonly ComputePath ChannelsLast = new() { ChannelsLast = true, BFloat16 = false, Reason = string.Empty };
    private static readonly ComputePath BFloat16 = new() { ChannelsLast = false, BFloat16 = true, Reason = string.Empty };
    private static readonly ComputePath BFloat16ChannelsLast = new() { ChannelsLast = true, BFloat16 = true, Reason = string.Empty };

    /// <summary>
    /// Chooses. The network, its running statistics and torch's generators stay as they were; gradients must be null, and are null afterwards.
    /// </summary>
    /// <exception cref="AutocastUnavailableException">bfloat16 was asked for, and this libtorch has no autocast.</exception>
    /// <exception cref="NotSupportedException">bfloat16 was asked for, and is wrong on this machine.</exception>
    public static ComputePath Choose(
        ResNetModel model, Precision wanted, int batchSize, int height, int width, Device device, CancellationToken cancellationToken)
    {
        if (wanted == Precision.Float32)
        {
            return Reference;
        }

        if (wanted == Precision.BFloat16)
        {
            // Throws where it is impossible.
            Autocast.Begin(device.type, torch.ScalarType.BFloat16).Dispose();
        }

        int pictures = (int)Math.Max(FewestPictures, Math.Min(batchSize, PixelLimit / ((long)height * width)));
        using var trial = new ComputePathTrial(model, pictures, height, width, device);
        trial.RunReference(Reference);
        return wanted == Precision.BFloat16
            ? BestBFloat16(trial, cancellationToken)
            : Best(trial, device, cancellationToken);
    }

    private static ComputePath Best(ComputePathTrial trial, Device device, CancellationToken cancellationToken)
    {
        string? obstacle = BFloat16Obstacle(device);
        ComputePath[] candidates = obstacle is null ? [BFloat16ChannelsLast, BFloat16, ChannelsLast] : [ChannelsLast];
        return ComputePathDecision.FirstRight(Try(trial, candidates, cancellationToken), obstacle is null ? string.Empty : $" No bfloat16: {obstacle}.");
    }

    private static ComputePath BestBFloat16(ComputePathTrial trial, CancellationToken cancellationToken)
    {
        var results = Try(trial, [BFloat16ChannelsLast, BFloat16], cancellationToken);
        return results[^1] is var last && ComputePathDecision.IsRight(last)
            ? last.Path with { Reason = $"BFloat16 was asked for: {ComputePathDecision.Name(last.Path)}." }
            : throw new NotSupportedException($"{string.Join("; ", results.Select(ComputePathDecision.Fault))}. Train with Precision.Float32, or with Auto.");
    }

    /// <summary>Tries one after the other until one is right.</summary>
    private static List<TrialResult> Try(ComputePathTrial trial, ComputePath[] candidates, CancellationToken cancellationToken)
    {
        var results = new List<TrialResult>();
        foreach (var candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(trial.Compare(candidate));
            if (ComputePathDecision.IsRight(results[^1]))
            {
                break;
            }
        }

        return results;
    }

    private static string? BFloat16Obstacle(Device device)
    {
        if (!Autocast.IsAvailable)
        {
            return "this libtorch does not let autocast be switched on";
        }

        // Without such instructions oneDNN emulates them, many times slower than float32.
        return device.type != DeviceType.CPU || CpuFeatures.Find().Any(feature => feature is "AVX-512 BF16" or "AMX BF16")
            ? null
            : "the processor has no instructions for it";
    }
}

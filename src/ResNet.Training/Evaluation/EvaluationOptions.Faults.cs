using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Training;

public sealed partial record EvaluationOptions
{
    /// <summary>Lists everything that is wrong with the options.</summary>
    /// <param name="preprocessing">How pictures become the network's input; scales and padding are held against its crop. Default: null, they are not.</param>
    /// <returns>One sentence a fault; empty where the options can be used.</returns>
    public IReadOnlyList<string> Faults(Preprocessing? preprocessing = null)
    {
        List<string> faults = [];
        if (BatchSize < 1)
        {
            faults.Add(Invariant($"BatchSize is {BatchSize}; it must be at least 1."));
        }

        if (WorkerCount is < 1 or > 256)
        {
            faults.Add(Invariant($"WorkerCount is {WorkerCount}; it must be 1 to 256."));
        }

        if (Crops is { } crops && !Enum.IsDefined(crops))
        {
            faults.Add(Invariant($"Crops is {(int)crops}; it must be Center or Ten, or null for what the weights say."));
        }

        if (FullyConvolutional && Crops == TestCrops.Ten)
        {
            faults.Add("Crops is Ten, but FullyConvolutional looks at whole pictures; give one of them.");
        }

        if (!Enum.IsDefined(Averaging))
        {
            faults.Add(Invariant($"Averaging is {(int)Averaging}; it must be Softmax or Logits."));
        }

        if (Padding < 0 || Padding > preprocessing?.CropSize)
        {
            faults.Add(Invariant($"Padding is {Padding}; it must be 0 {(preprocessing is null ? "or more" : Invariant($"to {preprocessing.CropSize}, the crop's size"))}."));
        }

        if (Scales is not null)
        {
            AddFaultsOfScales(Scales, preprocessing?.CropSize ?? 1, faults);
        }

        AddFaultsOfEngine(faults);
        return faults;
    }

    /// <summary>Makes sure that the options can be used.</summary>
    /// <param name="preprocessing">How pictures become the network's input. Default: null, only what needs no crop's size is looked at.</param>
    /// <exception cref="InvalidOptionsException">They cannot; the message lists every fault.</exception>
    public void EnsureValid(Preprocessing? preprocessing = null) => InvalidOptionsException.ThrowIfAny(nameof(EvaluationOptions), Faults(preprocessing));

    private void AddFaultsOfEngine(List<string> faults)
    {
        faults.AddRange(Engine?.Faults().Select(fault => $"Engine.{fault}") ?? ["Engine is null; leave it out for EngineOptions.Auto."]);
        if (FullyConvolutional && Engine?.Choice == EngineChoice.Compiled)
        {
            faults.Add("Engine demands a compiled network, but FullyConvolutional needs the scores of positions, which only the model itself gives; give one of them.");
        }
    }

    private static void AddFaultsOfScales(IReadOnlyList<int> scales, int least, List<string> faults)
    {
        if (scales.Count == 0)
        {
            faults.Add("Scales is empty; give at least one, or null for that of the weights.");
        }

        int[] small = [.. scales.Where(scale => scale < least).Distinct()];
        if (small.Length > 0)
        {
            string needed = least == 1 ? "1" : Invariant($"{least}, the crop's size");
            faults.Add($"Scales has {string.Join(" and ", small)}; each must be at least {needed}.");
        }

        int[] twice = [.. scales.GroupBy(scale => scale).Where(group => group.Count() > 1).Select(group => group.Key)];
        if (twice.Length > 0)
        {
            faults.Add($"Scales has {string.Join(" and ", twice)} more than once; give each once.");
        }
    }
}

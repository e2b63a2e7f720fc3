using ResNet.Compilation;

namespace ResNet.Inference;

/// <summary>Whether the model itself runs or a network compiled of it, and how that is compiled.</summary>
public sealed record EngineOptions
{
    /// <summary>A compiled network in float32 where it can be had and computes what the model does, else the model itself.</summary>
    public static EngineOptions Auto { get; } = new();

    /// <summary>The model itself.</summary>
    public static EngineOptions Eager { get; } = new() { Choice = EngineChoice.Eager };

    /// <summary>A compiled network in float32, or an error.</summary>
    public static EngineOptions Compiled { get; } = new() { Choice = EngineChoice.Compiled };

    /// <summary>What runs.</summary>
    /// <value>
    /// Default: <see cref="EngineChoice.Auto"/>: compiled for models on a CPU whose parameters are float32 and finite and which the self-check passes; the model
    /// itself for all others, those on CUDA among them.
    /// </value>
    public EngineChoice Choice { get; init; } = EngineChoice.Auto;

    /// <summary>Precision, threads and self-check of the compiled network; without meaning where the model itself runs.</summary>
    /// <value>Default: the defaults of <see cref="CompileOptions"/>, float32.</value>
    public CompileOptions Compile { get; init; } = new();

    /// <summary>Lists everything that is wrong with the options.</summary>
    /// <returns>One sentence a fault; empty where the options can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (!Enum.IsDefined(Choice))
        {
            faults.Add($"{nameof(Choice)} is {(int)Choice}; it must be one of {string.Join(", ", Enum.GetNames<EngineChoice>())}.");
        }

        if (Compile is null)
        {
            faults.Add($"{nameof(Compile)} is null; leave it out for the defaults.");
        }
        else
        {
            faults.AddRange(Compile.Faults().Select(fault => $"{nameof(Compile)}.{fault}"));
        }

        return faults;
    }

    /// <summary>Makes sure that the options can be used.</summary>
    /// <exception cref="InvalidOptionsException">They cannot; the message lists every fault.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(EngineOptions), Faults());
}

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

    /// <summary>
    /// A folder of some hundred photos like those that the network will see, but not those it is tested on; the folders in it are searched too. They are prepared as all
    /// pictures are (of ten crops, the middle is taken), and serve as <see cref="CompileOptions.CalibrationPictures"/>: int8 is calibrated on up to 128 of them, taken
    /// evenly from all in their order, and the self-check of every precision looks at eight. Files that cannot be read are skipped, and listed in <see cref="EngineReport.UnreadPictures"/>. Without meaning where the model itself runs.
    /// </summary>
    /// <value>Default: null. <see cref="CompilePrecision.Int8"/> needs it, or <see cref="CompileOptions.CalibrationPictures"/>.</value>
    public string? CalibrationFolder { get; init; }

    /// <summary>What to do about a folder that cannot be used.</summary>
    internal static string CalibrationAdvice => "Name a folder of some hundred photos like those that the network will see.";

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
            AddFaultsOfCalibration(Compile, faults);
        }

        if (CalibrationFolder is not null && !Directory.Exists(CalibrationFolder))
        {
            string found = File.Exists(CalibrationFolder) ? "a file" : "no folder";
            faults.Add($"{nameof(CalibrationFolder)} is '{CalibrationFolder}', which is {found} (the current folder is {Environment.CurrentDirectory}). {CalibrationAdvice}");
        }

        return faults;
    }

    /// <summary>Makes sure that the options can be used.</summary>
    /// <exception cref="InvalidOptionsException">They cannot; the message lists every fault.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(EngineOptions), Faults());

    private void AddFaultsOfCalibration(CompileOptions compile, List<string> faults)
    {
        if (CalibrationFolder is not null && compile.CalibrationPictures is not null)
        {
            faults.Add($"{nameof(CalibrationFolder)} and {nameof(Compile)}.{nameof(CompileOptions.CalibrationPictures)} are both given; give one of them.");
        }

        if (compile.Precision == CompilePrecision.Int8 && CalibrationFolder is null && compile.CalibrationPictures is null)
        {
            faults.Add(
                $"{nameof(Compile)}.{nameof(CompileOptions.Precision)} is {nameof(CompilePrecision.Int8)}, which learns from pictures how large numbers get, but neither "
                + $"{nameof(CalibrationFolder)} nor {nameof(Compile)}.{nameof(CompileOptions.CalibrationPictures)} is given; give one of them.");
        }
    }
}

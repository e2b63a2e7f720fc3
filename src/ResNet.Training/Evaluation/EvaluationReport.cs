using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>What an evaluation found.</summary>
public sealed record EvaluationReport
{
    /// <summary>Pictures evaluated; those that could not be read are in <see cref="Faults"/> and not counted here.</summary>
    public required int Images { get; init; }

    /// <summary>Pictures whose most probable class is right.</summary>
    public required int Top1Correct { get; init; }

    /// <summary>Pictures whose class is among the five most probable.</summary>
    /// <value>Null where there are fewer than five classes.</value>
    public required int? Top5Correct { get; init; }

    /// <summary>Mean cross-entropy, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>Pictures that could not be read, and why.</summary>
    public required IReadOnlyList<DataFault> Faults { get; init; }

    /// <summary>How pictures became the network's input.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>How they were looked at, with what null meant filled in. Scales stay null where pictures kept their own sizes, crops where whole ones were seen.</summary>
    public required EvaluationOptions Options { get; init; }

    /// <summary>How many views of each picture the scores were averaged over; a whole picture is one, whatever its number of positions.</summary>
    public required int ViewCount { get; init; }

    /// <summary>Share of the pictures whose most probable class is wrong, 0 to 1.</summary>
    public double Top1Error => 1 - ((double)Top1Correct / Images);

    /// <summary>Share of the pictures whose class is not among the five most probable, 0 to 1.</summary>
    /// <value>Null where there are fewer than five classes.</value>
    public double? Top5Error => 1 - ((double?)Top5Correct / Images);
}

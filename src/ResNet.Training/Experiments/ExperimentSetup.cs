namespace ResNet.Training;

/// <summary>What all networks of a study have in common; the page states it.</summary>
public sealed record ExperimentSetup
{
    /// <summary>Iterations of the paper's CIFAR-10 networks (4.2).</summary>
    public const int PaperIterations = 64_000;

    /// <summary>How they were trained.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Networks of the whole study; the page says where some are still to be trained.</summary>
    public required int NetworkCount { get; init; }

    /// <summary>Pictures that they were trained on; the paper: 45,000.</summary>
    public required int TrainPictureCount { get; init; }

    /// <summary>Pictures that were held out for validation; the paper: 5,000.</summary>
    public required int ValidationPictureCount { get; init; }

    /// <summary>What the pictures were read from, such as <c>JPEG</c>.</summary>
    /// <value>Null where they are stored without loss, as CIFAR-10 was published.</value>
    public string? LossyFormat { get; init; }

    /// <summary>The command that does it all again.</summary>
    public required string Command { get; init; }
}

namespace ResNet.Training;

/// <summary>The arithmetic and memory layout that a training step uses.</summary>
public sealed record ComputePath
{
    /// <summary>Whether pictures and maps lie channels last (NHWC) in memory. Shapes stay N×C×H×W.</summary>
    public required bool ChannelsLast { get; init; }

    /// <summary>Whether convolutions and matrix products compute in bfloat16.</summary>
    public required bool BFloat16 { get; init; }

    /// <summary>Why it is this one: a sentence for console and report.</summary>
    public required string Reason { get; init; }
}

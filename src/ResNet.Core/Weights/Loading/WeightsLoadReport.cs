namespace ResNet.Weights;

/// <summary>What was loaded, and what was not.</summary>
/// <param name="Loaded">Names, in the model, of the tensors that were overwritten.</param>
/// <param name="Missing">Names of the model's tensors that the file does not have; they keep their values. Empty when loaded strictly.</param>
/// <param name="Unexpected">Names of the file's tensors that the model does not have. Empty when loaded strictly.</param>
/// <param name="Skipped">Tensors that were left out on purpose or for a reason other than the two above.</param>
/// <param name="Renamed">Tensors whose name in the file is another one than in the model.</param>
/// <param name="Unverified">
/// Sentences about what the model computes by its options and what neither names nor shapes in the file can confirm,
/// such as the stride placement of bottlenecks. Empty where the file carries its description.
/// </param>
public sealed record WeightsLoadReport(
    IReadOnlyList<string> Loaded,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected,
    IReadOnlyList<SkippedWeight> Skipped,
    IReadOnlyList<RenamedWeight> Renamed,
    IReadOnlyList<string> Unverified)
{
    /// <summary>
    /// Sentences about tensors that were changed to fit, by <see cref="WeightsLoadOptions.AdaptInputChannels"/> or <see cref="WeightsLoadOptions.KeepClassifierOf"/>.
    /// </summary>
    public IReadOnlyList<string> Adapted { get; init; } = [];
}

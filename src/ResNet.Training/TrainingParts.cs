using Microsoft.Extensions.Logging;

namespace ResNet.Training;

/// <summary>What a run is put together from.</summary>
internal sealed record TrainingParts(
    ResNetModel Model,
    TrainingOptions Options,
    BatchLoader Loader,
    IImageDataset? Validation,
    ComputePath Path,
    RunFiles? Files,
    IProgress<TrainingProgress>? Progress,
    ILogger Logger);

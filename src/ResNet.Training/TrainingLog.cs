using Microsoft.Extensions.Logging;

namespace ResNet.Training;

/// <summary>What the trainer tells a logger.</summary>
internal static partial class TrainingLog
{
    [LoggerMessage(1, LogLevel.Information, "Arithmetic: {Reason}")]
    public static partial void Arithmetic(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "Going on from iteration {Iteration} ({Path})")]
    public static partial void Resumed(ILogger logger, int iteration, string path);

    [LoggerMessage(3, LogLevel.Warning, "A checkpoint cannot be used: {Reason}")]
    public static partial void CheckpointRejected(ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Information, "Epoch {Epoch}, iteration {Iteration}: loss {Loss}, training error {TrainError}, validation error {ValidationError}")]
    public static partial void Epoch(ILogger logger, int epoch, int iteration, double loss, double trainError, double validationError);

    [LoggerMessage(8, LogLevel.Information, "Epoch {Epoch}, iteration {Iteration}: loss {Loss:F3}, training error {TrainError:P1}; nothing is validated")]
    public static partial void UnvalidatedEpoch(ILogger logger, int epoch, int iteration, double loss, double trainError);

    [LoggerMessage(5, LogLevel.Warning, "A report could not be made: {Reason}")]
    public static partial void ReportFault(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Information, "No improvement for {Epochs} epochs: stopping early")]
    public static partial void StoppedEarly(ILogger logger, int epochs);

    [LoggerMessage(9, LogLevel.Information, "{Extension}")]
    public static partial void Extended(ILogger logger, RunExtension extension);

    [LoggerMessage(10, LogLevel.Warning, "A batch of epoch {Epoch} is left out: of its images only number {Index} can be read, and batch normalisation cannot learn from one value a channel")]
    public static partial void SingleLeftOut(ILogger logger, int epoch, int index);

    [LoggerMessage(7, LogLevel.Warning, "{Path} has no checkpoint yet: the run begins anew")]
    public static partial void NoCheckpointYet(ILogger logger, string path);
}

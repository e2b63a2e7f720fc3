using ResNet.Weights;
using FilePath = System.IO.Path;

namespace ResNet.Training;

/// <content>What a run says to those who come after it.</content>
public sealed partial class RunDirectory
{
    /// <summary>
    /// Finds which images weights were trained on: what their file says; and where it says nothing, or only a sample, the list that the run left beside
    /// its best and its last weights.
    /// </summary>
    /// <param name="weightsPath">The file of weights.</param>
    /// <param name="description">What it says about itself; null where that is nothing.</param>
    /// <returns>Null where nothing is known.</returns>
    public static TrainingFingerprint? FindFingerprint(string weightsPath, ModelDescription? description)
    {
        ArgumentException.ThrowIfNullOrEmpty(weightsPath);
        if (description?.Fingerprint is { IsComplete: true } fingerprint)
        {
            return fingerprint;
        }

        // Other files in that folder may have come from anywhere.
        bool isOfRun = FilePath.GetFileName(weightsPath) is RunFiles.Best or RunFiles.Last;
        return (isOfRun ? DataSplit.TryRead(FilePath.GetDirectoryName(FilePath.GetFullPath(weightsPath))!) : null) ?? description?.Fingerprint;
    }
}

namespace ResNet.Inference;

/// <summary>What happens on a file that cannot be read while many are classified.</summary>
public enum BulkErrorHandling
{
    /// <summary>Its result says so (<see cref="ImagePrediction.Error"/>), and the others go on.</summary>
    Report,

    /// <summary>Its exception ends the enumeration, after the results of the files before it.</summary>
    Throw,
}

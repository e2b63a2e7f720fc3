namespace ResNet.Inference;

/// <summary>So many calls of a classifier wait already that another one would only take memory. Ask again later: HTTP's 503.</summary>
public sealed class ImageQueueFullException : InvalidOperationException
{
    /// <summary>Says how many wait.</summary>
    /// <param name="callCount">Calls that are not answered yet.</param>
    public ImageQueueFullException(int callCount)
        : base($"{callCount} images are being classified or wait for it, as many as may; ask again later, or raise {nameof(ClassifierLimits)}.{nameof(ClassifierLimits.MaxQueueLength)}.")
    {
        CallCount = callCount;
    }

    /// <summary>Calls that were not answered yet.</summary>
    public int CallCount { get; }
}

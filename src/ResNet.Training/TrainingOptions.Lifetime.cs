using ResNet.Weights;

namespace ResNet.Training;

/// <content>What happens around the steps: stopping early, checkpoints, the last touch.</content>
public sealed partial record TrainingOptions
{
    /// <summary>Ends the run when validation no longer gets better.</summary>
    /// <value>Default: null, never.</value>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// Pictures over which the means and variances of batch normalisation are averaged anew after training, as the authors did (section 3.4),
    /// instead of the moving averages. It concerns the last and the best weights.
    /// </summary>
    /// <value>1 or more. Default: null, the moving averages stay.</value>
    public int? RecomputeBatchNormPictures { get; init; }

    /// <summary>Iterations from one checkpoint to the next. There is one at the end of each epoch as well.</summary>
    /// <value>1 or more. Default: null, none by iterations.</value>
    public int? CheckpointIterations { get; init; }

    /// <summary>Time from one checkpoint to the next. There is one at the end of each epoch as well.</summary>
    /// <value>Above 0. Default: 5 minutes; null: none by time.</value>
    public TimeSpan? CheckpointInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many of the newest checkpoints are kept, besides the one of the best epoch.</summary>
    /// <value>1 or more. Default: 3.</value>
    public int CheckpointsKept { get; init; } = 3;

    /// <summary>
    /// Whether the weights of the run carry a fingerprint of the images that they were trained on and selected by, so that nobody tests them on those
    /// unawares. It tells whoever has an image whether it was among them. The run's folder has a list of them in any case.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool SaveFingerprint { get; init; } = true;

    /// <summary>The fingerprint of the weights that the run begins with: what they were trained on is seen already.</summary>
    /// <value>Default: null, they were drawn, or nothing is known.</value>
    public TrainingFingerprint? InitialFingerprint { get; init; }

    internal int IterationsOf(BatchLoader loader) => new RunLength(Epochs, Iterations).IterationsOf(loader.BatchCount);
}

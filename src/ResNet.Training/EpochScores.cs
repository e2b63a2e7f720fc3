namespace ResNet.Training;

/// <summary>Loss and errors of the training pictures of a stretch of the run, as the network was when it saw each of them.</summary>
internal sealed record EpochScores
{
    /// <summary>Sum of the losses, in nats.</summary>
    public double LossSum { get; set; }

    /// <summary>Pictures that the network got wrong.</summary>
    public long Wrong { get; set; }

    /// <summary>Pictures seen.</summary>
    public long Images { get; set; }

    public double MeanLoss() => LossSum / Images;

    public double Error() => (double)Wrong / Images;

    public void Add(BatchScores scores)
    {
        LossSum += scores.Loss * scores.Images;
        Wrong += scores.Images - scores.Correct;
        Images += scores.Images;
    }
}

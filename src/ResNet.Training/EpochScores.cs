namespace ResNet.Training;

/// <summary>Loss and errors of the training pictures of a stretch of the run, as the network was when it saw each of them.</summary>
internal sealed record EpochScores
{
    /// <summary>Sum of the losses, each with its weight, in nats.</summary>
    public double LossSum { get; set; }

    /// <summary>Sum of the weights of the losses.</summary>
    /// <value>Null in states that were saved before losses had weights: one an image.</value>
    public double? LossWeight { get; set; }

    /// <summary>Images that the network got wrong.</summary>
    public long Wrong { get; set; }

    /// <summary>Images seen.</summary>
    public long Images { get; set; }

    public double MeanLoss() => (LossWeight ?? Images) is > 0 and var weight ? LossSum / weight : 0;

    public double Error() => (double)Wrong / Images;

    public void Add(BatchScores scores)
    {
        LossSum += scores.Loss * scores.LossWeight;
        LossWeight = (LossWeight ?? Images) + scores.LossWeight;
        Wrong += scores.Images - scores.Correct;
        Images += scores.Images;
    }
}

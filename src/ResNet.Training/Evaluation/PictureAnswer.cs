namespace ResNet.Training;

/// <summary>What a network said of one picture.</summary>
/// <param name="Index">The picture's index in the data set.</param>
/// <param name="Label">Its class.</param>
/// <param name="Predicted">The most probable class; of equally probable ones, the first. -1 where the network gave no numbers, as one that diverged does:
/// it then counts as wrong.</param>
/// <param name="Confidence">The probability of <paramref name="Predicted"/>, 0 to 1; NaN where there is none.</param>
/// <param name="LabelProbability">The probability that the network gave the picture's class, 0 to 1; NaN where there is none.</param>
public readonly record struct PictureAnswer(int Index, int Label, int Predicted, double Confidence, double LabelProbability)
{
    /// <summary>Whether the network gave numbers at all.</summary>
    public bool IsAnswered => Predicted >= 0;

    /// <summary>Whether the most probable class is the picture's.</summary>
    public bool IsRight => Predicted == Label;
}

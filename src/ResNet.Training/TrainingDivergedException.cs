using System.Globalization;

namespace ResNet.Training;

/// <summary>The loss stopped being a number, or grew beyond all bounds; going on would only waste time.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(string what, int iteration, double value, double learningRate, string? checkpoint)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The {what} was {value:G6} at iteration {iteration} with learning rate {learningRate:G3}. Use a lower learning rate or a warm-up. ")
            + (checkpoint is null ? "Weights saved before are left as they are." : $"The last good checkpoint is kept: {checkpoint}."))
    {
        Iteration = iteration;
        LearningRate = learningRate;
        Checkpoint = checkpoint;
    }

    /// <summary>The iteration, from 1, whose loss was not usable.</summary>
    public int Iteration { get; }

    /// <summary>The learning rate of that iteration.</summary>
    public double LearningRate { get; }

    /// <summary>The path of the last good checkpoint.</summary>
    /// <value>Null where there is none.</value>
    public string? Checkpoint { get; }
}

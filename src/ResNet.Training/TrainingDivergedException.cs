namespace ResNet.Training;

/// <summary>The loss stopped being a number; going on would only waste time.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(int iteration, double loss, double learningRate)
        : base($"The training loss was {loss} at iteration {iteration} with learning rate {learningRate:G3}. "
            + "Use a lower learning rate or a warm-up. Weights saved before are left as they are.")
    {
        Iteration = iteration;
    }

    /// <summary>The iteration, from 1, whose loss was not finite.</summary>
    public int Iteration { get; }
}

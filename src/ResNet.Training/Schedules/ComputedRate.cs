namespace ResNet.Training;

/// <summary>The state of a schedule that follows from the iteration alone, so that there is nothing to save.</summary>
internal sealed class ComputedRate(Func<int, double> factorAt) : LearningRateState
{
    public override double FactorAt(int iteration) => factorAt(iteration);
}

namespace ResNet.Training;

/// <summary>How long a run is, as its options say it; iterations count where both are given.</summary>
internal sealed record RunLength(int? Epochs, int? Iterations)
{
    /// <exception cref="OverflowException">There are more iterations than can be counted.</exception>
    public int IterationsOf(int batchCount) => Iterations ?? checked(Epochs!.Value * batchCount);

    public override string ToString() => Iterations is { } iterations ? Invariant($"{iterations:N0} iterations") : Epochs == 1 ? "1 epoch" : Invariant($"{Epochs:N0} epochs");
}

namespace ResNet.Training;

/// <summary>A change of a run's length while it lasted or after its end; a checkpoint holds it as JSON.</summary>
/// <param name="Iteration">Iterations that were done then.</param>
/// <param name="Before">Iterations of the whole run, as they were planned before.</param>
/// <param name="After">Iterations of the whole run from then on.</param>
/// <param name="RateBefore">The learning rate of the last iteration before.</param>
/// <param name="RateAfter">The learning rate of the first one after.</param>
internal sealed record RunExtension(int Iteration, int Before, int After, double RateBefore, double RateAfter)
{
    public override string ToString() => Invariant($"At iteration {Iteration:N0} the length of the run was changed from {Before:N0} to {After:N0} iterations. ")
        + Invariant($"From there on the learning rate is that of the schedule over the new length: {RateAfter:G4} after {RateBefore:G4}.");
}

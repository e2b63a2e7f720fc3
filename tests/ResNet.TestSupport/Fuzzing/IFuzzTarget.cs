namespace ResNet.TestSupport.Fuzzing;

/// <summary>A reader of bytes that nobody vouches for, and the mutants of good files that it is tried on. Several threads use it at once.</summary>
public interface IFuzzTarget
{
    /// <summary>What the mutants are made of, for the first line of a report.</summary>
    string Seeds { get; }

    /// <summary>Makes a mutant; the same number is always the same bytes.</summary>
    /// <param name="number">Which one, from 0.</param>
    FuzzMutant Mutant(long number);

    /// <summary>Reads a mutant on the calling thread.</summary>
    /// <returns>What came of it; never throws for what a mutant says.</returns>
    FuzzOutcome Read(FuzzMutant mutant);
}

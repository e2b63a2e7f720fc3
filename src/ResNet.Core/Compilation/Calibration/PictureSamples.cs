namespace ResNet.Compilation;

/// <summary>Pictures like those that a network will see, handed out a few at a time: all of them need not be in memory as floats at once.</summary>
internal abstract class PictureSamples
{
    /// <summary>How many there are, at least 1.</summary>
    public abstract int Count { get; }

    /// <summary>How many numbers one of them has.</summary>
    public abstract long Size { get; }

    /// <param name="first">The first one, from 0.</param>
    /// <param name="count">How many.</param>
    /// <returns>N×C×H×W, float32 on the CPU without gaps, normalised as the weights expect; the caller disposes it.</returns>
    public abstract Tensor Take(int first, int count);
}

namespace ResNet.Training;

/// <summary>
/// The random numbers of one sample: SplitMix64, whose sequence is fixed by its definition, so that it is the same on every platform and in
/// every version of .NET. (The sequence of a seeded <see cref="Random"/> is not promised to stay.)
/// </summary>
/// <remarks>
/// SplitMix64 adds a constant to a 64-bit counter and scrambles the sum; it comes from G. L. Steele, D. Lea and C. H. Flood, "Fast Splittable
/// Pseudorandom Number Generators", OOPSLA 2014. Not thread-safe, and not for secrets.
/// </remarks>
public sealed class SampleRandom : Random
{
    // Streams that belong to no sample: their numbers take the place of the epoch, which is never negative.
    internal const int OrderStream = -1;
    internal const int SplitStream = -2;
    internal const int ShapeStream = -3;
    internal const int MixStream = -4;
    internal const int SheetStream = -5;

    private const ulong Increment = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Every seed has a sequence of its own.</param>
    public SampleRandom(ulong seed)
    {
        _state = seed;
    }

    /// <summary>The generator for one sample in one epoch. Neighbouring seeds, epochs and indices give unrelated sequences.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="index">The sample's index in its data set.</param>
    /// <returns>A generator at the start of its sequence.</returns>
    public static SampleRandom For(int seed, int epoch, int index)
    {
        var random = new SampleRandom(0);
        random.Restart(seed, epoch, index);
        return random;
    }

    /// <summary>Becomes the generator that <see cref="For"/> makes, without making one.</summary>
    internal void Restart(int seed, int epoch, int index)
    {
        ulong state = Scramble((uint)seed + Increment);
        state = Scramble(state + (uint)epoch + Increment);
        _state = Scramble(state + (uint)index + Increment);
    }

    /// <summary>The next 64 bits.</summary>
    /// <returns>Any value, all equally likely.</returns>
    public ulong NextUInt64() => Scramble(_state += Increment);

    /// <inheritdoc/>
    public override int Next() => Next(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Below((ulong)maxValue);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => NextInt64(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Below((ulong)maxValue);
    }

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return unchecked(minValue + (long)Below((ulong)maxValue - (ulong)minValue));
    }

    /// <inheritdoc/>
    public override double NextDouble() => Sample();

    /// <inheritdoc/>
    public override float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)(NextUInt64() >> 56);
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>Fisher and Yates, written out: the order in which the base class draws is not promised to stay.</summary>
    internal void Shuffle(int[] values)
    {
        for (int last = values.Length - 1; last > 0; last--)
        {
            int other = Next(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }

    private static ulong Scramble(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    // The upper half of a 128-bit product: no division, and a bias of at most limit / 2^64.
    private ulong Below(ulong limit) => Math.BigMul(NextUInt64(), limit, out _);
}

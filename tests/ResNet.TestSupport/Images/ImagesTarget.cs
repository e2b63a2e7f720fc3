using System.Diagnostics;
using ResNet.Imaging;
using ResNet.TestSupport.Fuzzing;

namespace ResNet.TestSupport.Images;

/// <summary>
/// Mutants of small image files: each must be decoded, or refused with an <see cref="ImageFormatException"/>, within the memory of
/// <see cref="ImageDecodeOptions.Untrusted"/>.
/// </summary>
public sealed class ImagesTarget : IFuzzTarget
{
    /// <summary>What the collector leaves lying for a while, and buffers of the process that stay.</summary>
    private const long Slack = 512L << 20;

    private readonly IReadOnlyList<(string Name, byte[] Bytes)> _files;
    private readonly ImageMutator _mutator;
    private readonly ImageDecodeOptions _options = ImageDecodeOptions.Untrusted;
    private readonly long _maxProcessSize;

    /// <param name="files">The good files.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="workerCount">How many mutants are decoded at once.</param>
    public ImagesTarget(IReadOnlyList<(string Name, byte[] Bytes)> files, int seed, int workerCount)
    {
        _files = files;
        _mutator = new ImageMutator(files, seed);
        _maxProcessSize = PeakSize() + Slack + (workerCount * (_options.MaxMemorySize + _options.MaxByteCount))!.Value;
    }

    public string Seeds => string.Join("; ", _files.Select(file => file.Name));

    public FuzzMutant Mutant(long number)
    {
        (byte[] bytes, string of) = _mutator.Mutant(number);
        return new FuzzMutant(number, of, bytes);
    }

    public FuzzOutcome Read(FuzzMutant mutant)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? thrown = null;
        try
        {
            ImageDecoder.Decode(mutant.Bytes, mutant.Of, _options);
        }
        catch (Exception ex)
        {
            thrown = ex;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new FuzzOutcome(thrown?.GetType().Name ?? FuzzOutcome.Read, allocated, Finding(thrown, allocated));
    }

    private string? Finding(Exception? thrown, long allocated)
    {
        if (thrown is not (null or ImageFormatException))
        {
            return $"threw {thrown}";
        }

        if (allocated > _options.MaxMemorySize + (2 * _options.MaxByteCount))
        {
            return $"allocated {allocated >> 20} MiB";
        }

        // What a codec takes is no managed memory, and shows in the process alone.
        long peak = PeakSize();
        return peak > _maxProcessSize ? $"saw the process grow to {peak >> 20} MiB, where {_maxProcessSize >> 20} were expected" : null;
    }

    private static long PeakSize()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}

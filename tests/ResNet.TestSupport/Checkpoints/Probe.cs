using ResNet.Weights;

namespace ResNet.TestSupport.Checkpoints;

/// <summary>What happened when a file was opened and every tensor read. Anything but success and a refusal is a finding.</summary>
public sealed record Probe
{
    /// <summary>Most bytes that opening may take from the managed heap, and a tensor of a small file from the other, whatever the file says.</summary>
    public const long MostAllocated = 64 << 20;

    /// <summary>Longest that opening and reading a small file may take.</summary>
    public static TimeSpan MostTime { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The reader's refusal, if it refused.</summary>
    public WeightsFormatException? Refusal { get; private set; }

    /// <summary>Whatever else was thrown.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Bytes that opening took from the managed heap.</summary>
    public long Allocated { get; private set; }

    /// <summary>Names of the tensors that were read.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Bytes of the largest tensor that was read.</summary>
    public long LargestTensor { get; private set; }

    private readonly List<string> _names = [];

    /// <summary>Opens and reads on the calling thread.</summary>
    public static Probe Of(byte[] bytes, string name, StateDictReadOptions? options = null)
    {
        var probe = new Probe();
        using var stream = new MemoryStream(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var file = StateDictFile.Open(stream, name, options);
            probe.Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            foreach (var entry in file.Entries)
            {
                file.Read(entry.Name).Dispose();
                probe._names.Add(entry.Name);
                probe.LargestTensor = Math.Max(probe.LargestTensor, entry.ByteCount);
            }
        }
        catch (WeightsFormatException refusal)
        {
            probe.Refusal = refusal;
        }
        catch (Exception fault)
        {
            probe.Fault = fault;
        }

        if (probe.Allocated == 0)
        {
            probe.Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return probe;
    }

    /// <summary>As <see cref="Of"/>, with a watchdog.</summary>
    /// <exception cref="TimeoutException">It took longer than <see cref="MostTime"/>.</exception>
    public static Probe Watched(byte[] bytes, string name)
    {
        Probe? probe = null;
        var thread = new Thread(() => probe = Of(bytes, name)) { IsBackground = true };
        thread.Start();
        return thread.Join(MostTime) ? probe! : throw new TimeoutException($"{name} was still being read after {MostTime.TotalSeconds} s.");
    }

    /// <summary>What is wrong with the reader; null if nothing is.</summary>
    public string? Finding() => this switch
    {
        { Fault: { } fault } => $"threw {fault.GetType().Name}: {fault.Message}",
        { Allocated: > MostAllocated } => $"allocated {Allocated} bytes",
        { LargestTensor: > MostAllocated } => $"read a tensor of {LargestTensor} bytes",
        _ => null,
    };
}

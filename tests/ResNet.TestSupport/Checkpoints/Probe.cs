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
    public Exception? Refusal { get; private set; }

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
        using var stream = new MemoryStream(bytes);
        var probe = new Probe();
        return probe.Run(() => StateDictFile.Open(stream, name, options), probe.ReadAll);
    }

    /// <summary>As <see cref="Of"/>, of a file or a folder; the network that it describes is built, and its weights are loaded.</summary>
    public static Probe OfNetwork(string path, StateDictReadOptions? options = null)
    {
        var probe = new Probe();
        ModelDescription? description = null;
        return probe.Run(
            () =>
            {
                _ = ModelFile.TryReadDescription(path, out description, options);
                return StateDictFile.Open(path, options);
            },
            file =>
            {
                probe.ReadAll(file);
                if (description is not null)
                {
                    ModelFile.Load(path, description.Options, loading: new WeightsLoadOptions { Reading = options ?? StateDictReadOptions.Default }).Dispose();
                }
            });
    }

    private Probe Run(Func<StateDictFile> open, Action<StateDictFile> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var file = open();
            Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            read(file);
        }
        catch (Exception refusal) when (refusal is WeightsFormatException or WeightsMismatchException)
        {
            Refusal = refusal;
        }
        catch (Exception fault)
        {
            Fault = fault;
        }

        if (Allocated == 0)
        {
            Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return this;
    }

    private void ReadAll(StateDictFile file)
    {
        foreach (var entry in file.Entries)
        {
            file.Read(entry.Name).Dispose();
            _names.Add(entry.Name);
            LargestTensor = Math.Max(LargestTensor, entry.ByteCount);
        }
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

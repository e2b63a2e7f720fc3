namespace ResNet.Weights;

/// <summary>
/// Reads what torch.save wrote before PyTorch 1.6: pickles of a magic number, a version, the machine, the objects and the keys of the
/// storages; then, for each key, the number of values and the values.
/// </summary>
internal sealed class PyTorchLegacyFormat : IStateDictFormat
{
    private const int LongestPickle = 64 << 20;
    private const long Version = 1001;

    /// <summary>What the pickles beside the objects may take; five greedy ones must not ask for five times the bound.</summary>
    private const long SmallMemory = 1 << 20;
    private const long KeyMemory = 8 << 20;

    public string Description => "PyTorch before 1.6 (.pth, .th)";

    /// <summary>A pickle of protocol 2 to 5 that holds the number 0x1950a86a20f9469cfc6c.</summary>
    private static ReadOnlySpan<byte> Magic => [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    public bool Recognizes(ReadOnlySpan<byte> head) => Body(head).StartsWith(Magic);

    public StateDictContents Read(ByteSource source, StateDictReadOptions options)
    {
        using var view = source.Acquire();
        var calls = new PickleCalls(options.AllowUnknownGlobals);
        var head = view.Span(0, (int)Math.Min(64, source.Length));
        long at = head.Length - Body(head).Length + Magic.Length;
        if (Run(source, view, ref at, calls, SmallMemory) is not Version)
        {
            throw new WeightsFormatException(source.Name, $"this is not version {Version} of PyTorch's old format, the only one that is known.", at);
        }

        CheckMachine(source.Name, Run(source, view, ref at, calls, SmallMemory));
        object? value = Run(source, view, ref at, calls, PickleMachine.MostMemory);
        var state = StateDictionaryFinder.Find(source.Name, value, options.Root);
        object? keys = Run(source, view, ref at, calls, KeyMemory);
        var storages = new LegacyStorages(source, view, keys, at, calls.ElementSizes);
        var tensors = state.Tensors.Select(pair => StoredTensor.Of(pair.Key, pair.Value, source, storages.Offset(pair.Key, pair.Value.Storage))).ToList();
        return new StateDictContents("PyTorch legacy", tensors, new Dictionary<string, string>())
        {
            Root = state.Root,
            Placeholders = calls.Placeholders,
        };
    }

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> head)
    {
        // Protocols 4 and 5 put a frame of nine bytes between the protocol and the number.
        return head is [0x80, >= 2 and <= 5, (byte)PickleOpcode.Frame, ..] && head.Length > 11 ? head[11..]
            : head is [0x80, >= 2 and <= 5, ..] ? head[2..]
            : [];
    }

    private static object? Run(ByteSource source, ByteView view, ref long at, PickleCalls calls, long mostMemory)
    {
        int length = (int)Math.Min(source.Length - at, LongestPickle);
        var machine = new PickleMachine(source.Name, view.Span(at, length), at, calls, mostMemory);
        object? value = machine.Run();
        at += machine.Length;
        return value;
    }

    private static void CheckMachine(string file, object? value)
    {
        var little = (value as PickleDictionary)?.Pairs.Find(pair => pair.Key is "little_endian").Value;
        if (little is not true)
        {
            throw new WeightsFormatException(
                file,
                little is false
                    ? "the values are not little-endian: the file was written on a big-endian machine, which is not read. Convert it there to safetensors."
                    : "it does not say the byte order of the machine that wrote it, as every file of this format does; it is damaged or hostile.");
        }
    }
}

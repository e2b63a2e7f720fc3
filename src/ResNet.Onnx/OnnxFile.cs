using Google.Protobuf;
using ResNet.Onnx.Protos;
using ResNet.Weights;

namespace ResNet.Onnx;

/// <summary>A model on disk: one file, or one and its weights.</summary>
internal sealed class OnnxFile(string path, bool externalData, IProgress<double>? progress, CancellationToken cancellationToken)
{
    /// <summary>The most bytes that the format allows one file.</summary>
    internal const long LargestMessage = int.MaxValue;

    // Names, shapes and metadata: a few hundred kilobytes at most, labels of a million classes included.
    private const long RoomForTheRest = 32 << 20;

    /// <summary>Called whenever a file got its name.</summary>
    internal Action? FileReplaced { get; init; }

    public OnnxExportReport Write(ModelProto model)
    {
        string full = Path.GetFullPath(path);
        EnsureIsNoFolder(full);
        if (!externalData)
        {
            EnsureFits(model, LargestMessage);
            long size = model.CalculateSize();
            WeightsOutput.EnsureRoom(full, size);
            AtomicFile.Write(full, stream => WriteMessage(model, stream, progress, cancellationToken));
            return Report(model, size, [full]);
        }

        string dataPath = full + ".data";
        EnsureIsNoFolder(dataPath);
        var weights = ExternalWeights.TakeFrom(model, Path.GetFileName(dataPath));
        WeightsOutput.EnsureRoom(full, weights.ByteCount + model.CalculateSize());
        if (File.Exists(full) && File.Exists(dataPath))
        {
            ReplacePair(model, weights, full, dataPath);
        }
        else
        {
            WritePair(model, weights, full, dataPath);
        }

        return Report(model, weights.ByteCount + model.CalculateSize(), [full, dataPath]);
    }

    /// <summary>
    /// Two names cannot be given at once, and an older model would take the new weights for its own: so they get a third name first, which the new
    /// model says. Once that model is in its place, nothing needs the old weights' name. Whenever the process ends, the model and the weights that it names
    /// are of one export.
    /// </summary>
    private void ReplacePair(ModelProto model, ExternalWeights weights, string full, string dataPath)
    {
        var between = new PairedName(full);
        string third = between.Fresh();
        weights.Rename(Path.GetFileName(third));
        try
        {
            WritePair(model, weights, full, third);
        }
        catch
        {
            File.Delete(third);
            throw;
        }

        LinkedFile.Name(third, dataPath);
        FileReplaced?.Invoke();
        weights.Rename(Path.GetFileName(dataPath));
        AtomicFile.Write(full, stream => WriteMessage(model, stream, null, CancellationToken.None));
        FileReplaced?.Invoke();
        between.RemoveAll();
    }

    /// <summary>The model is on disk before its weights get their name, so that what can fail has failed before the model gets its own.</summary>
    private void WritePair(ModelProto model, ExternalWeights weights, string full, string dataPath)
    {
        AtomicFile.Write(full, stream =>
        {
            WriteMessage(model, stream, null, cancellationToken);
            ((FileStream)stream).Flush(flushToDisk: true);
            AtomicFile.Write(dataPath, data => weights.WriteTo(data, progress, cancellationToken));
            FileReplaced?.Invoke();
        });
        FileReplaced?.Invoke();
    }

    public static long WriteMessage(ModelProto model, Stream stream, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        EnsureFits(model, LargestMessage);
        long size = model.CalculateSize();
        using var counted = new WatchedStream(stream, new WriteProgress(size, progress, cancellationToken));
        model.WriteTo(counted);
        return size;
    }

    public static OnnxExportReport Report(ModelProto model, long bytes, IReadOnlyList<string> files) => new()
    {
        NodeCount = model.Graph.Node.Count,
        ByteCount = bytes,
        Files = files,
        OpsetVersion = (int)model.OpsetImport[0].Version,
        InputName = model.Graph.Input[0].Name,
        OutputName = model.Graph.Output[0].Name,
    };

    /// <exception cref="InvalidOperationException">The weights alone are too large for one file.</exception>
    internal static void EnsureFits(ModelProto model, long largest)
    {
        long weights = model.Graph.Initializer.Sum(tensor => (long)tensor.RawData.Length);
        if (weights > largest - RoomForTheRest)
        {
            throw new InvalidOperationException(
                Invariant($"The weights are {weights:N0} bytes, more than one ONNX file can hold (2 GiB with the rest); ")
                + $"set {nameof(OnnxExportOptions.ExternalData)} (--external-data on the command line), which writes them into a file beside it.");
        }
    }

    private static void EnsureIsNoFolder(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder; name a file.");
        }
    }
}

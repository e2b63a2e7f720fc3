using System.Globalization;
using Google.Protobuf;
using ResNet.Onnx.Protos;
using ResNet.Weights;

namespace ResNet.Onnx;

/// <summary>Weights that were taken out of a model, to lie in a file beside it.</summary>
internal sealed class ExternalWeights
{
    /// <summary>Smaller ones stay in the model: readers need some of them to infer shapes.</summary>
    private const int SmallestMoved = 1024;

    /// <summary>A page of memory, so that readers can map each tensor.</summary>
    private const int Alignment = 4096;

    private readonly List<(long Offset, ByteString Bytes)> _parts = [];
    private readonly List<StringStringEntryProto> _locations = [];

    private ExternalWeights()
    {
    }

    public long ByteCount { get; private set; }

    /// <summary>Takes the large weights out of a model, which says instead where they are.</summary>
    public static ExternalWeights TakeFrom(ModelProto model, string fileName)
    {
        var weights = new ExternalWeights();
        foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.RawData.Length >= SmallestMoved))
        {
            weights.Take(tensor, fileName);
        }

        return weights;
    }

    /// <summary>The model says from now on that the weights lie in another file.</summary>
    public void Rename(string fileName) => _locations.ForEach(location => location.Value = fileName);

    public void WriteTo(Stream stream, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var counted = new WriteProgress(ByteCount, progress, cancellationToken);
        long position = 0;
        byte[] padding = new byte[Alignment];
        foreach ((long offset, var bytes) in _parts)
        {
            counted.Write(stream, padding.AsSpan(0, (int)(offset - position)));
            counted.Write(stream, bytes.Span);
            position = offset + bytes.Length;
        }
    }

    private void Take(TensorProto tensor, string fileName)
    {
        long offset = (ByteCount + Alignment - 1) / Alignment * Alignment;
        var bytes = tensor.RawData;
        _parts.Add((offset, bytes));
        ByteCount = offset + bytes.Length;
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        var location = new StringStringEntryProto { Key = "location", Value = fileName };
        _locations.Add(location);
        tensor.ExternalData.Add(location);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset.ToString(CultureInfo.InvariantCulture) });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = bytes.Length.ToString(CultureInfo.InvariantCulture) });
    }
}

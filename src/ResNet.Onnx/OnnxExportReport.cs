namespace ResNet.Onnx;

/// <summary>What was written.</summary>
public sealed record OnnxExportReport
{
    /// <summary>Nodes of the model's graph.</summary>
    public required int NodeCount { get; init; }

    /// <summary>Bytes of everything written.</summary>
    public required long ByteCount { get; init; }

    /// <summary>The files, the model first; none where it went to a stream.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The version of ONNX's operators.</summary>
    public required int OpsetVersion { get; init; }

    /// <summary>Name of the input.</summary>
    public required string InputName { get; init; }

    /// <summary>Name of the output.</summary>
    public required string OutputName { get; init; }
}

using ResNet.Onnx.Protos;
using ResNet.Weights;

namespace ResNet.Onnx;

/// <summary>Writing networks as ONNX models.</summary>
public static class OnnxExtensions
{
    /// <summary>
    /// Writes what the network computes in evaluation mode, whatever mode it is in, as an ONNX model; whole or not at all, an older file of that name
    /// stays until the new one is on disk.
    /// </summary>
    /// <param name="model">The network, on any device and of any precision; the model's numbers are float32.</param>
    /// <param name="path">The file to write, usually <c>.onnx</c>. Its folder is created if it is missing.</param>
    /// <param name="options">Default: <see cref="OnnxExportOptions.Default"/>.</param>
    /// <param name="progress">Hears the share that is written, from 0 to 1. Default: nobody does.</param>
    /// <param name="cancellationToken">Ends the writing; the older file stays.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be used, or not for this network; every fault is listed.</exception>
    /// <exception cref="InvalidOperationException">The network is disposed, or too large for one file.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static OnnxExportReport ExportOnnx(
        this ResNetModel model,
        string path,
        OnnxExportOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= OnnxExportOptions.Default;
        var file = new OnnxFile(path, options.ExternalData, progress, cancellationToken);
        return file.Write(Model(model, options, cancellationToken));
    }

    /// <summary>Writes what the network computes in evaluation mode as an ONNX model into a stream, which stays open.</summary>
    /// <param name="model">The network, on any device and of any precision; the model's numbers are float32.</param>
    /// <param name="stream">Receives the model from where it stands.</param>
    /// <param name="options">Without <see cref="OnnxExportOptions.ExternalData"/>, which needs a path. Default: <see cref="OnnxExportOptions.Default"/>.</param>
    /// <param name="progress">Hears the share that is written, from 0 to 1. Default: nobody does.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be used, or not for this network; every fault is listed.</exception>
    /// <exception cref="InvalidOperationException">The network is disposed, or too large for one file.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OnnxExportReport ExportOnnx(
        this ResNetModel model,
        Stream stream,
        OnnxExportOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        options ??= OnnxExportOptions.Default;
        if (options.ExternalData)
        {
            throw new InvalidOptionsException(
                nameof(OnnxExportOptions),
                [.. options.Faults(), $"{nameof(options.ExternalData)} is true, but a stream has no place for a second file; give a path instead."]);
        }

        var written = Model(model, options, cancellationToken);
        long bytes = OnnxFile.WriteMessage(written, stream, progress, cancellationToken);
        stream.Flush();
        return OnnxFile.Report(written, bytes, []);
    }

    private static ModelProto Model(ResNetModel model, OnnxExportOptions options, CancellationToken cancellationToken)
    {
        options.EnsureValid();
        DescribedNetwork.EnsureComplete(model.Options, model.state_dict());
        var graph = model.Graph();
        cancellationToken.ThrowIfCancellationRequested();
        options.EnsureFits(graph.Options, graph.Nodes.Skip(1).Select(node => node.Name).ToHashSet(StringComparer.Ordinal));
        graph = options.FoldNormalization ? graph.Folded() : graph;
        cancellationToken.ThrowIfCancellationRequested();
        return OnnxModel.Create(graph, options);
    }
}

using ResNet.Downloading;
using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>
/// Published weights with all that is needed to use them. <see cref="PretrainedWeights.All"/> has those that this library knows; make one of
/// your own for weights that you publish.
/// </summary>
public sealed record PretrainedModel
{
    /// <summary>The name: the network, a dot, and what it was trained on, such as <c>resnet50.imagenet1k_v2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The shape of the network.</summary>
    public required ResNetOptions Options { get; init; }

    /// <summary>Where the file is published.</summary>
    public required Uri Url { get; init; }

    /// <summary>The file's name in the cache folder.</summary>
    /// <value>Default: null, the last part of the address.</value>
    public string? FileName { get; init; }

    /// <summary>SHA-256 of the file in hexadecimal digits: all 64, or the first ones (at least 8), as many as are published.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length of the file in bytes.</summary>
    /// <value>Default: null, not known.</value>
    public long? FileLength { get; init; }

    /// <summary>How pictures are prepared for the network.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>The names of the classes, one for each of the network's outputs.</summary>
    /// <value>Default: null, not known.</value>
    public ClassLabels? Labels { get; init; }

    /// <summary>How many parameters the network has.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Share of test pictures whose class comes first, as published, from 0 to 1.</summary>
    /// <value>Default: null, not published.</value>
    public double? Top1Accuracy { get; init; }

    /// <summary>Share of test pictures whose class is among the first five, as published, from 0 to 1.</summary>
    /// <value>Default: null, not published.</value>
    public double? Top5Accuracy { get; init; }

    /// <summary>Who publishes the weights, and where.</summary>
    public required string Source { get; init; }

    /// <summary>The network's part of the name: what stands before the dot.</summary>
    public string NetworkName => Name.Split('.')[0];

    /// <summary>What a file that describes itself says, and this one does not.</summary>
    /// <returns>Options, preprocessing and labels.</returns>
    public ModelDescription ToDescription() => new() { Options = Options, Preprocessing = Preprocessing, Labels = Labels };

    /// <summary>The file as <see cref="FileDownloader"/> fetches it.</summary>
    /// <returns>Address, name, hash and length.</returns>
    /// <exception cref="ArgumentException">Address, name or hash are not of their form.</exception>
    public DownloadRequest ToRequest() => new() { Url = Url, FileName = FileName, Sha256 = Sha256, Length = FileLength };
}

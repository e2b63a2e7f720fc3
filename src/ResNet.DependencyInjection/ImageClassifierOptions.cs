using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;

namespace ResNet.DependencyInjection;

/// <summary>Which classifier a container makes. Faults are listed all at once, when the host starts or the classifier is first asked for.</summary>
public sealed class ImageClassifierOptions
{
    /// <summary>
    /// The file of weights, or a folder as the Hugging Face Hub lays timm's networks out. Such a folder, and a file that
    /// <see cref="WeightsExtensions.SaveWeights"/> wrote, need nothing besides.
    /// </summary>
    /// <value>Default: null; then <see cref="Create"/> must be given.</value>
    public string? WeightsPath { get; set; }

    /// <summary>Makes the classifier from something else than a file, such as a registry of weights; the container disposes it.</summary>
    /// <value>Default: null; then <see cref="WeightsPath"/> must be given.</value>
    public Func<IServiceProvider, ImageClassifier>? Create { get; set; }

    /// <summary>The shape of the network, for a file that does not say it.</summary>
    /// <value>Default: null, as the file says. Together with <see cref="Preprocessing"/> only.</value>
    public ResNetOptions? Network { get; set; }

    /// <summary>How pictures are prepared, for a file that does not say it.</summary>
    /// <value>Default: null, as the file says. Together with <see cref="Network"/> only.</value>
    public Preprocessing? Preprocessing { get; set; }

    /// <summary>The names of the classes, for a file that does not say them.</summary>
    /// <value>Default: null. Together with <see cref="Network"/> only.</value>
    public ClassLabels? Labels { get; set; }

    /// <summary>Where the network runs: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>. <see cref="Create"/> decides for itself.</summary>
    /// <value>Default: <c>cpu</c>.</value>
    public string Device { get; set; } = "cpu";

    /// <summary>Whether the classifier is made when the host starts, and the start fails where it cannot be.</summary>
    /// <value>Default: false, when it is first asked for.</value>
    public bool LoadAtStart { get; set; }
}

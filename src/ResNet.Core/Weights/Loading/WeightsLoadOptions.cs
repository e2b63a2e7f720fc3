using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>How weights are loaded into a model.</summary>
public sealed record WeightsLoadOptions
{
    /// <summary>The defaults of every property.</summary>
    public static WeightsLoadOptions Default { get; } = new();

    /// <summary>
    /// Whether any difference between file and model is an error. Otherwise what fits is loaded, and the report lists the rest;
    /// that nothing fits, or that the file says to be of another kind of network, is an error even then.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool Strict { get; init; } = true;

    /// <summary>Whether the classifier (<c>fc</c>) keeps its weights, for a model of other classes than the file's (fine-tuning).</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool SkipClassifier { get; init; }

    /// <summary>
    /// The classes of the model, in the order of its outputs. Where the file's are the same by name, in whatever order, its classifier is
    /// loaded, each row to the class of its name; otherwise the classifier keeps its weights, as with <see cref="SkipClassifier"/>, and the report says why.
    /// </summary>
    /// <value>Default: null, <see cref="SkipClassifier"/> alone decides.</value>
    public ClassLabels? KeepClassifierOf { get; init; }

    /// <summary>The classes of a file that does not name them itself, in the order of its outputs, for <see cref="KeepClassifierOf"/>.</summary>
    /// <value>Default: null, what the file says.</value>
    public ClassLabels? FileLabels { get; init; }

    /// <summary>
    /// Only tensors whose name in the file begins with this are looked at, under the rest of their name: "encoder_q." for a network that
    /// lies inside of another one. What data parallelism and compilation put before every name (<c>module.</c>, <c>_orig_mod.</c>) is
    /// left out besides, unless <see cref="Rename"/> is given.
    /// </summary>
    /// <value>Default: null, all tensors.</value>
    public string? Prefix { get; init; }

    /// <summary>
    /// What a tensor of the file (its name without <see cref="Prefix"/>) is called in the model, which has torchvision's names; null leaves
    /// the tensor out.
    /// </summary>
    /// <value>
    /// Default: null. Names of torchvision, timm, the usual CIFAR repositories, Detectron2, pycls, Caffe, Caffe2, transformers, MMPretrain and fastai are then recognised.
    /// </value>
    public Func<string, string?>? Rename { get; init; }

    /// <summary>
    /// Whether the first convolution is made to fit a model of other <see cref="ResNetOptions.InputChannels"/> than the file's, as timm does:
    /// for one channel the weights of all channels are summed; for others they are repeated and scaled, so that the same picture in every
    /// channel gives the same response.
    /// </summary>
    /// <value>Default: <see langword="false"/>, another number of channels is an error.</value>
    public bool AdaptInputChannels { get; init; }

    /// <summary>
    /// Whether large weights stay in the file, mapped into memory, instead of being copied: faster, and shared with other processes, where the file has them in the
    /// model's type (float32), in one piece, and the model is on the CPU of a Linux machine; elsewhere they are copied. Who changes the model changes memory of its own,
    /// never the file. The file must not be written into or shortened while the model lives: its weights would change, or the process end. Replacing it by
    /// renaming another one, as this library does, is safe.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool MapFile { get; init; }

    /// <summary>Whether values that are NaN or infinite are an error, found before the first value is written: no training mends them.</summary>
    /// <value>Default: <see langword="false"/>, a network that diverged can be looked at.</value>
    public bool RequireFinite { get; init; }

    /// <summary>How the file is read.</summary>
    /// <value>Default: <see cref="StateDictReadOptions.Default"/>.</value>
    public StateDictReadOptions Reading { get; init; } = StateDictReadOptions.Default;
}

using ResNet.Imaging;

namespace ResNet.Onnx;

/// <summary>How a network is written as an ONNX model.</summary>
public sealed partial record OnnxExportOptions
{
    /// <summary>The oldest operator set that is written.</summary>
    public const int OldestOpset = 13;

    /// <summary>The newest operator set that is written.</summary>
    public const int NewestOpset = 22;

    /// <summary>Every option at its default.</summary>
    public static OnnxExportOptions Default { get; } = new();

    /// <summary>The version of ONNX's operators. Older runtimes read older ones only; nothing is gained by a newer one.</summary>
    /// <value><see cref="OldestOpset"/> to <see cref="NewestOpset"/>; default: 17.</value>
    public int OpsetVersion { get; init; } = 17;

    /// <summary>Whether each batch normalisation becomes part of the convolution before it: fewer steps, the same results but for rounding.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool FoldNormalization { get; init; } = true;

    /// <summary>Whether the model ends in softmax, so that it gives probabilities instead of logits.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Softmax { get; init; }

    /// <summary>How pictures are prepared for the network: written into the metadata.</summary>
    /// <value>Default: <see langword="null"/>, not known.</value>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>
    /// Whether the model itself normalises. Its input is then RGB from 0 to 255, as pictures hold it, in float32; otherwise it is normalised already.
    /// Resize and crop stay with the caller.
    /// </summary>
    /// <value>Default: <see langword="false"/>. Needs <see cref="Preprocessing"/>.</value>
    public bool IncludeNormalization { get; init; }

    /// <summary>The names of the classes: written into the metadata.</summary>
    /// <value>Default: <see langword="null"/>, not known.</value>
    public ClassLabels? Labels { get; init; }

    /// <summary>
    /// Whether the weights go into a second file beside the first, of its name with <c>.data</c> after it: for models beyond 2 GiB, and for
    /// runtimes that map weights into memory. The two files belong together and keep their names. Where both are there already they are replaced so that, whenever
    /// the process ends, the model and the weights that it names are of one export; a third file, which the next export removes, may then be left.
    /// </summary>
    /// <value>Default: <see langword="false"/>. Needs a path.</value>
    public bool ExternalData { get; init; }

    /// <summary>How many pictures a call takes.</summary>
    /// <value>1 or more; default: <see langword="null"/>, any number.</value>
    public int? BatchSize { get; init; }

    /// <summary>Height of the pictures. Some runtimes want it fixed.</summary>
    /// <value>1 or more, together with <see cref="InputWidth"/>; default: <see langword="null"/>, any height.</value>
    public int? InputHeight { get; init; }

    /// <summary>Width of the pictures. Some runtimes want it fixed.</summary>
    /// <value>1 or more, together with <see cref="InputHeight"/>; default: <see langword="null"/>, any width.</value>
    public int? InputWidth { get; init; }

    /// <summary>Name of the input: float32, N×C×H×W.</summary>
    /// <value>Default: <c>images</c>.</value>
    public string InputName { get; init; } = "images";

    /// <summary>Name of the output: float32, N×classes.</summary>
    /// <value>Default: <see langword="null"/>, <c>logits</c>, or <c>probabilities</c> with <see cref="Softmax"/>.</value>
    public string? OutputName { get; init; }

    /// <summary>Who the file says made it.</summary>
    /// <value>Default: <c>ResNet.Onnx</c>.</value>
    public string ProducerName { get; init; } = "ResNet.Onnx";

    /// <summary>What the output is called in the file.</summary>
    internal string WrittenOutputName => OutputName ?? (Softmax ? "probabilities" : "logits");
}

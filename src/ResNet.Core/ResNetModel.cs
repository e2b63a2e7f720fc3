using ResNet.Blocks;
using ResNet.Layers;
using ResNet.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch.nn;

namespace ResNet;

/// <summary>
/// A residual network of the paper (Table 1 and section 4.2), or its plain or pre-activation counterpart. Names, shapes and
/// types of its state dictionary are torchvision's. A fresh model is in training mode; call <c>eval()</c> before inference.
/// </summary>
public sealed partial class ResNetModel : Module<Tensor, Tensor>
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;
    [ComponentName(Name = "bn1")]
    private readonly BatchNorm2d? _bn1;
    [ComponentName(Name = "layer1")]
    private readonly Sequential _layer1;
    [ComponentName(Name = "layer2")]
    private readonly Sequential? _layer2;
    [ComponentName(Name = "layer3")]
    private readonly Sequential? _layer3;
    [ComponentName(Name = "layer4")]
    private readonly Sequential? _layer4;
    [ComponentName(Name = "norm")]
    private readonly BatchNorm2d? _norm;
    [ComponentName(Name = "fc")]
    private Linear _classifier;
    private readonly bool _isSafeInPlanes;

    /// <summary>Builds a network with fresh weights.</summary>
    /// <param name="options">The shape of the network.</param>
    /// <param name="device">Where the parameters live; default: the CPU.</param>
    /// <exception cref="InvalidOptionsException">The options cannot be built; every fault is listed.</exception>
    /// <exception cref="TorchRuntimeException">Torch cannot be loaded; the message says why and what to do.</exception>
    public ResNetModel(ResNetOptions options, Device? device = null)
        : this(options, device, draws: true)
    {
    }

    /// <param name="options">The shape of the network.</param>
    /// <param name="device">Where the parameters live; null for the CPU.</param>
    /// <param name="draws">Whether weights are drawn; see <see cref="Undrawn"/>.</param>
    private ResNetModel(ResNetOptions options, Device? device, bool draws)
        : base(TorchRuntime.LoadedFor(nameof(ResNetModel)))
    {
        ArgumentNullException.ThrowIfNull(options);
        options.EnsureValid();
        Options = options;
        using var scope = torch.NewDisposeScope();
        using var undrawn = draws ? null : new UndrawnLayers();
        bool imageNet = options.Stem == StemKind.ImageNet;
        _conv1 = imageNet
            ? Convolutions.Seven(options.InputChannels, options.BaseWidth)
            : Convolutions.Three(options.InputChannels, options.BaseWidth);

        // A pre-activation network after a CIFAR stem normalises at the start of its first block instead.
        _bn1 = options.PreActivation && !imageNet ? null : Normalizations.Of(options.BaseWidth);
        var stages = new StageBuilder(options);
        _layer1 = stages.Build(0)!;
        _layer2 = stages.Build(1);
        _layer3 = stages.Build(2);
        _layer4 = stages.Build(3);
        _norm = options.PreActivation ? Normalizations.Of(stages.Channels) : null;
        FeatureCount = stages.Channels;
        _isSafeInPlanes = MemoryLayout.IsSafeInPlanes(options);
        _classifier = UndrawnLayers.WithRoom(Linear(FeatureCount, options.ClassCount, dtype: torch.float32, device: UndrawnLayers.Place));
        RegisterComponents();
        if (draws)
        {
            WeightInitializer.Initialize(this, _classifier, options);
        }

        if (device is not null)
        {
            this.to(device);
        }
    }

    /// <summary>The shape of this network. <see cref="ReplaceClassifier"/> changes its class count.</summary>
    public ResNetOptions Options { get; private set; }

    /// <summary>Length of the vector that <see cref="ForwardFeatures"/> returns for a picture: 512 for ResNet-18, 2048 for ResNet-50.</summary>
    public int FeatureCount { get; }

    /// <summary>Builds a network for weights from elsewhere, which must overwrite every parameter: those of convolutions and classifier are whatever was in memory.</summary>
    /// <param name="options">The shape of the network.</param>
    /// <param name="device">Where the parameters live; null for the CPU.</param>
    internal static ResNetModel Undrawn(ResNetOptions options, Device? device) => new(options, device, draws: false);

    /// <summary>Moves weights that lie in a mapped file into memory of their own, which nobody else can change.</summary>
    internal void LeaveFile()
    {
        using var none = torch.no_grad();
        foreach (var parameter in parameters())
        {
            using var copy = parameter.clone();
            _ = parameter.set_(copy);
        }
    }

    /// <summary>Computes the class scores before softmax.</summary>
    /// <param name="images">N×C×H×W, normalised as the weights expect; any H and W that the strides leave at least one pixel of.</param>
    /// <returns>N×classes logits; the caller disposes them.</returns>
    public override Tensor forward(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        return _classifier.call(ForwardFeatures(images)).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the globally average-pooled features that the classifier sees.</summary>
    /// <param name="images">N×C×H×W, normalised as the weights expect.</param>
    /// <returns>N×<see cref="FeatureCount"/>; the caller disposes them.</returns>
    public Tensor ForwardFeatures(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        return LastMap(images).mean([2, 3]).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Computes the map after every stage, C2 … C5 in the terms of detection networks. The last map of a pre-activation network
    /// has passed its final normalisation and ReLU, so that its average is what the classifier sees.
    /// </summary>
    /// <param name="images">N×C×H×W, normalised as the weights expect.</param>
    /// <returns>One N×C'×H'×W' map a stage, the largest first; the caller disposes them.</returns>
    public IReadOnlyList<Tensor> ForwardStages(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var maps = new List<Tensor>();
        var y = Stem(images);
        foreach (var stage in Stages())
        {
            y = stage.call(y);
            maps.Add(y);
        }

        maps[^1] = Finish(y);
        return maps.ConvertAll(map => map.MoveToOuterDisposeScope());
    }

    /// <summary>Puts a fresh classifier in place of the old one, which is disposed; everything before it stays (fine-tuning).</summary>
    /// <param name="classCount">Classes of the new classifier, 1 or more.</param>
    /// <param name="initialization">
    /// How it is drawn; default: null, as the network was. For fine-tuning <see cref="Initialization.Torchvision"/> is the better one: drawn the
    /// paper's way, a classifier of few classes begins with scores far too large for features that are trained already.
    /// </param>
    public void ReplaceClassifier(int classCount, Initialization? initialization = null)
    {
        var options = Options with { ClassCount = classCount, Initialization = initialization ?? Options.Initialization };
        options.EnsureValid();
        var old = _classifier;
        var fresh = Linear(FeatureCount, classCount, device: old.weight!.device, dtype: old.weight!.dtype);
        WeightInitializer.InitializeClassifier(fresh, options.Initialization);
        fresh.train(training);
        Options = options;
        _classifier = fresh;
        _internal_submodules["fc"] = fresh;
        old.Dispose();
    }

    private Tensor Stem(Tensor images)
    {
        // The layout of the images is that of all maps that follow.
        bool keepsPlanes = _isSafeInPlanes || images.device_type != DeviceType.CPU || images.dtype != torch.ScalarType.Float32;
        var y = _conv1.call(keepsPlanes ? images : MemoryLayout.ChannelsLast(images));
        y = _bn1?.Normalize(y).relu_() ?? y;
        return Options.Stem == StemKind.ImageNet ? torch.nn.functional.max_pool2d(y, kernel_size: 3, stride: 2, padding: 1) : y;
    }

    private Tensor LastMap(Tensor images)
    {
        var y = Stem(images);
        foreach (var stage in Stages())
        {
            y = stage.call(y);
        }

        return Finish(y);
    }

    private Tensor Finish(Tensor lastMap) => _norm?.Normalize(lastMap).relu_() ?? lastMap;

    private IEnumerable<Sequential> Stages()
    {
        return new[] { _layer1, _layer2, _layer3, _layer4 }.OfType<Sequential>();
    }
}

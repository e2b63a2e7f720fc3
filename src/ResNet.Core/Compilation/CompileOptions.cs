namespace ResNet.Compilation;

/// <summary>How a network is compiled for inference.</summary>
public sealed record CompileOptions
{
    private const int MaxThreads = 1024;

    /// <summary>The numbers it computes in.</summary>
    /// <value>Default: <see cref="CompilePrecision.Float32"/>.</value>
    public CompilePrecision Precision { get; init; } = CompilePrecision.Float32;

    /// <summary>Threads of a forward pass, 1 to 1024.</summary>
    /// <value>Default: null, as many as torch uses, but not more than the processors that the process may use (<see cref="Environment.ProcessorCount"/>).</value>
    public int? ThreadCount { get; init; }

    /// <summary>
    /// Whether each thread of a forward pass keeps to a processor of its own, on Linux and where the process has exactly as many as there are threads. Better without where
    /// other programs share these processors, such as several containers that may all use the same ones.
    /// </summary>
    /// <value>Default: null, as the environment variable <c>RESNET_PIN_THREADS</c> says (0 for no); where it is not set, they do.</value>
    public bool? PinThreads { get; init; }

    /// <summary>Whether the fused engine may be used; without it torch's own operations run on folded weights.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AllowFused { get; init; } = true;

    /// <summary>
    /// Whether the compiled network is compared with the model before anybody gets it. There are machines on which single kernels of libtorch are wrong.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool SelfCheck { get; init; } = true;

    /// <summary>
    /// Whether a passed self-check is noted in the cache folder, for this processor, libtorch, environment, network and these options, so that the next process starts without it.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool RemembersCheck { get; init; } = true;

    /// <summary>Height of the generated images of the self-check, 1 or more; it also looks at a smaller one of odd sides.</summary>
    /// <value>Default: null, 224 for networks with ImageNet's stem and 32 for the others.</value>
    public int? CheckHeight { get; init; }

    /// <summary>Width of the generated images of the self-check, 1 or more.</summary>
    /// <value>Default: null, as <see cref="CheckHeight"/>.</value>
    public int? CheckWidth { get; init; }

    /// <summary>
    /// Pictures like those that the network will see, N×C×H×W, normalised as the weights expect: from them <see cref="CompilePrecision.Int8"/> learns how large the
    /// numbers of each map get; some hundred are enough. The self-check of every precision looks at the first eight of them too, and is then made each time,
    /// since one that is remembered was of other pictures. They are read while the network is compiled only; the caller disposes them. <see cref="Imaging.ImageTensor.FromImages"/> makes such a tensor of pictures that a <see cref="Imaging.Preprocessing"/> was applied to.
    /// </summary>
    /// <value>
    /// Default: null, the self-check looks at made-up pictures alone; <see cref="CompilePrecision.Int8"/> needs some. Where photos of a folder shall serve, name it in
    /// <see cref="Inference.EngineOptions.CalibrationFolder"/> instead.
    /// </value>
    public Tensor? CalibrationPictures { get; init; }

    /// <summary>
    /// Hears which share of the calibration is done, 0 to 1, on the thread that compiles. With 128 photos it may take half a minute; all else is too short to be told.
    /// </summary>
    /// <value>Default: null.</value>
    public IProgress<double>? CalibrationProgress { get; init; }

    /// <summary>The same pictures, or others that never are floats all at once.</summary>
    internal PictureSamples? Samples { get => field ?? (CalibrationPictures is { } pictures ? new TensorSamples(pictures) : null); init; }

    /// <param name="network">What is compiled.</param>
    /// <exception cref="InvalidOptionsException">Every fault is listed.</exception>
    internal void EnsureValid(ResNetOptions network) => InvalidOptionsException.ThrowIfAny(nameof(CompileOptions), [.. Faults(), .. FaultsWith(network)]);

    /// <summary>Everything that is wrong, one sentence a fault.</summary>
    internal IEnumerable<string> Faults()
    {
        if (ThreadCount is < 1 or > MaxThreads)
        {
            yield return $"{nameof(ThreadCount)} is {ThreadCount}; it must be 1 to {MaxThreads}.";
        }

        if (CheckHeight is < 1)
        {
            yield return $"{nameof(CheckHeight)} is {CheckHeight}; it must be 1 or more.";
        }

        if (CheckWidth is < 1)
        {
            yield return $"{nameof(CheckWidth)} is {CheckWidth}; it must be 1 or more.";
        }

        if (!Enum.IsDefined(Precision))
        {
            yield return $"{nameof(Precision)} is {(int)Precision}; it must be one of {string.Join(", ", Enum.GetNames<CompilePrecision>())}.";
        }
    }

    private IEnumerable<string> FaultsWith(ResNetOptions network)
    {
        int channels = network.InputChannels;
        double height = CheckImages.Height(network, this), width = CheckImages.Width(network, this);
        if (height * width * channels * CheckImages.Count > Array.MaxLength)
        {
            yield return $"{nameof(CheckHeight)} and {nameof(CheckWidth)} make pictures of {width}x{height}, which are too large for the self-check; leave them out for the usual size.";
        }

        if (Precision == CompilePrecision.Int8 && Samples is null)
        {
            yield return $"{nameof(Precision)} is {nameof(CompilePrecision.Int8)}, which needs {nameof(CalibrationPictures)}: "
                + "give it some hundred pictures like those that the network will see, prepared as for its forward pass.";
        }

        if (CalibrationPictures is { } pictures && (pictures.dim() != 4 || pictures.shape[1] != channels || pictures.numel() == 0))
        {
            yield return $"{nameof(CalibrationPictures)} is {string.Join('×', pictures.shape)}; it must be N×{channels}×H×W, each at least 1.";
        }
    }
}

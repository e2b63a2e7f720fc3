using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Inference;

/// <summary>
/// Says what pictures show. It owns its model, in evaluation mode. All methods may be called from many threads at once; calls that are
/// running while it is disposed finish.
/// </summary>
public sealed partial class ImageClassifier : IDisposable
{
    /// <summary>The name of the meter whose instruments count and time what classifiers do; see docs/getting-started.md for them.</summary>
    public const string MeterName = "ResNet";

    private const int DefaultTop = 5;
    private const int BatchSize = 32;

    private readonly RunnerLease _network;
    private readonly Device _device;
    private volatile DecodeQueue _queue = new(ClassifierLimits.Default);

    /// <summary>Makes a classifier of a model, which it puts into evaluation mode and owns from now on.</summary>
    /// <param name="model">A model of three input channels. Where it is compiled (<see cref="Engine"/>), later changes of it change no answer, and it may be
    /// disposed before the classifier is, for its memory.</param>
    /// <param name="preprocessing">How pictures were prepared when the model was trained.</param>
    /// <param name="labels">The names of the classes; default: none, labels are "class 17".</param>
    /// <param name="engine">Whether the model itself runs or a network compiled of it. Default: <see cref="EngineOptions.Auto"/>.</param>
    /// <param name="cancellationToken">Ends the compilation, which takes up to half a minute with int8.</param>
    /// <exception cref="ArgumentException">The model does not take three channels, or there is not one label for each class.</exception>
    /// <exception cref="InvalidOptionsException">The engine's options cannot be used, or no picture of its <see cref="EngineOptions.CalibrationFolder"/> can be read.</exception>
    /// <exception cref="NotSupportedException">A compiled network is demanded, but there is none that computes what the model does.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the model is as it was, but for its mode.</exception>
    public ImageClassifier(
        ResNetModel model, Preprocessing preprocessing, ClassLabels? labels = null, EngineOptions? engine = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(preprocessing);
        if (model.Options.InputChannels != 3)
        {
            throw new ArgumentException(
                $"The model takes {model.Options.InputChannels} channels, but pictures have 3 (red, green, blue); build with InputChannels = 3.", nameof(model));
        }

        if (labels is not null && labels.Count != model.Options.ClassCount)
        {
            throw new ArgumentException(
                $"There are {labels.Count} labels for {model.Options.ClassCount} classes; give one label for each class.", nameof(labels));
        }

        model.eval();
        _device = model.parameters().First().device;
        var runner = NetworkRunner.Of(model, preprocessing, engine ?? EngineOptions.Auto, cancellationToken);
        _network = new RunnerLease(runner, model);
        Engine = runner.Report;
        Options = model.Options;
        Preprocessing = preprocessing;
        Labels = labels;
    }

    /// <summary>The shape of the network.</summary>
    public ResNetOptions Options { get; }

    /// <summary>How pictures are prepared.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>The names of the classes; null if they are not known.</summary>
    public ClassLabels? Labels { get; }

    /// <summary>What pictures go through, and why.</summary>
    public EngineReport Engine { get; }

    /// <summary>How large images may be, how many are decoded at once, and how many calls may wait. It holds for calls that begin after it is set.</summary>
    /// <value>Default: <see cref="ClassifierLimits.Default"/>. Take <see cref="ClassifierLimits.Untrusted"/> where strangers send the images.</value>
    public ClassifierLimits Limits
    {
        get => _queue.Limits;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _queue = new DecodeQueue(value);
        }
    }

    /// <summary>What receives the measurements.</summary>
    internal ClassifierMetrics Metrics { get; set; } = ClassifierMetrics.Shared;

    /// <summary>Loads a file that says which network it belongs to and how pictures are prepared for it.</summary>
    /// <param name="path">The file, as <see cref="WeightsExtensions.SaveWeights"/> writes it, or a folder as the Hugging Face Hub lays timm's networks out.</param>
    /// <param name="device">Where the network runs; default: the CPU.</param>
    /// <param name="engine">Whether the model itself runs or a network compiled of it. Default: <see cref="EngineOptions.Auto"/>.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or does not say its architecture or preprocessing.</exception>
    /// <exception cref="WeightsMismatchException">The tensors are not those of the network that the file describes.</exception>
    public static ImageClassifier FromFile(string path, Device? device = null, EngineOptions? engine = null)
    {
        var model = ModelFile.Load(path, out var description, device, Loading(engine));
        return Own(model, () => new ImageClassifier(
            model,
            description.Preprocessing ?? throw new WeightsFormatException(
                path, "the file does not say how pictures are prepared for its network. Pass ResNetOptions and Preprocessing as well."),
            description.Labels,
            engine));
    }

    /// <summary>Makes a classifier without any file: of the ResNet-20 that this library carries, which knows CIFAR-10's ten classes (airplane to truck).</summary>
    /// <param name="device">Where the network runs; default: the CPU.</param>
    /// <param name="engine">Whether the model itself runs or a network compiled of it. Default: <see cref="EngineOptions.Auto"/>.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    public static ImageClassifier BuiltIn(Device? device = null, EngineOptions? engine = null)
    {
        var model = ModelFile.LoadBuiltIn(out var description, device);
        return Own(model, () => new ImageClassifier(model, description.Preprocessing!, description.Labels, engine));
    }

    /// <summary>Loads a file of weights into a network of the given shape.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The shape of the network.</param>
    /// <param name="preprocessing">How pictures were prepared when the weights were trained.</param>
    /// <param name="labels">The names of the classes; default: none, labels are "class 17".</param>
    /// <param name="device">Where the network runs; default: the CPU.</param>
    /// <param name="engine">Whether the model itself runs or a network compiled of it. Default: <see cref="EngineOptions.Auto"/>.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="InvalidOptionsException">Such a network cannot be built.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or of a format that is not read.</exception>
    /// <exception cref="WeightsMismatchException">The weights do not fit the network.</exception>
    /// <exception cref="ArgumentException">There is not one label for each class.</exception>
    public static ImageClassifier FromFile(
        string path, ResNetOptions options, Preprocessing preprocessing, ClassLabels? labels = null, Device? device = null, EngineOptions? engine = null)
    {
        var model = ModelFile.Load(path, options, device, Loading(engine));
        return Own(model, () => new ImageClassifier(model, preprocessing, labels, engine));
    }

    /// <summary>Classifies a picture file.</summary>
    /// <param name="path">The file (formats: <see cref="ImageDecoder"/>).</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn, and the decoding.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is no picture, damaged, or larger than <see cref="Limits"/> allows.</exception>
    /// <exception cref="ImageQueueFullException">As many calls wait as <see cref="Limits"/> allows.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<Prediction> Classify(string path, int top = DefaultTop, CancellationToken cancellationToken = default) =>
        ClassifyOne(path, (path, decoding) => ImageDecoder.Decode(path, decoding, cancellationToken), top, cancellationToken);

    /// <summary>Classifies a picture read from a stream, which stays open.</summary>
    /// <param name="stream">The stream, from where it stands to its end.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn, and the decoding.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ImageFormatException">The content is no picture, damaged, or larger than <see cref="Limits"/> allows.</exception>
    /// <exception cref="ImageQueueFullException">As many calls wait as <see cref="Limits"/> allows.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<Prediction> Classify(Stream stream, int top = DefaultTop, CancellationToken cancellationToken = default) =>
        ClassifyOne(stream, (stream, decoding) => ImageDecoder.Decode(stream, "the stream", decoding, cancellationToken), top, cancellationToken);

    /// <summary>Classifies a picture given as the bytes of its file.</summary>
    /// <param name="bytes">The content of a picture file.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the waiting for a turn, and the decoding.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ImageFormatException">The bytes are no picture, damaged, or larger than <see cref="Limits"/> allows.</exception>
    /// <exception cref="ImageQueueFullException">As many calls wait as <see cref="Limits"/> allows.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<Prediction> Classify(ReadOnlySpan<byte> bytes, int top = DefaultTop, CancellationToken cancellationToken = default) =>
        ClassifyOne(bytes, (bytes, decoding) => ImageDecoder.Decode(bytes, "the bytes", decoding, cancellationToken), top, cancellationToken);

    /// <summary>Classifies a picture that is decoded already.</summary>
    /// <param name="image">The picture, of any size, before preprocessing.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    public IReadOnlyList<Prediction> Classify(RgbImage image, int top = DefaultTop) => ClassifyOne(image, static (image, _) => image, top, CancellationToken.None);

    /// <summary>Classifies picture files, in batches of up to 32; only one batch of pictures is in memory at a time.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="top">How many classes to return for each, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends it between two files, and while one is decoded.</param>
    /// <returns>One result a file, in the order of the files.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">A file is no picture, or damaged; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<ImagePrediction> Classify(IReadOnlyList<string> paths, int top = DefaultTop, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        CheckCall(top);
        var results = new List<ImagePrediction>(paths.Count);
        foreach (string[] batch in paths.Chunk(PicturesPerBatch(BatchSize)))
        {
            var pictures = Array.ConvertAll(batch, path => Prepare(path, Limits.Decoding, (path, decoding) => ImageDecoder.Decode(path, decoding, cancellationToken)));
            results.AddRange(batch.Zip(Predict(pictures, top), (path, predictions) => new ImagePrediction(path, predictions)));
        }

        return results.AsReadOnly();
    }

    /// <summary>Disposes the network, once the calls that are running are done.</summary>
    public void Dispose() => _network.Dispose();

    /// <summary>A compiled network has its own copy of the weights, so the model reads them from where they lie.</summary>
    private static WeightsLoadOptions Loading(EngineOptions? engine) => new() { MapFile = engine?.Choice != EngineChoice.Eager };

    /// <summary>Nobody else has the model: it goes where it is not needed, now or after a failure, and depends on no file where it stays.</summary>
    private static ImageClassifier Own(ResNetModel model, Func<ImageClassifier> make)
    {
        try
        {
            var classifier = make();
            if (classifier.Engine.Compiled is not null)
            {
                model.Dispose();
            }
            else if (classifier.Engine.Note is not null)
            {
                model.LeaveFile();
            }

            return classifier;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}

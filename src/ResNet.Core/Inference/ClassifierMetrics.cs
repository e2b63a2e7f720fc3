using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ResNet.Inference;

/// <summary>The instruments of classifiers, named and measured as OpenTelemetry's conventions ask.</summary>
internal sealed class ClassifierMetrics
{
    private static readonly double[] Seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
    private static readonly int[] Counts = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    private readonly Counter<long> _images;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _prepareDuration;
    private readonly Histogram<double> _forwardDuration;
    private readonly Histogram<int> _batchSize;
    private readonly UpDownCounter<int> _queueLength;
    private readonly Counter<long> _rejections;
    private readonly KeyValuePair<string, object?>[] _tags;

    /// <summary>Makes the instruments, or finds those that the meter has already.</summary>
    /// <param name="meter">The meter; its owner disposes it.</param>
    /// <param name="name">Tells classifiers of one program apart; null: measurements carry no name.</param>
    public ClassifierMetrics(Meter meter, string? name = null)
    {
        var seconds = new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds };
        var counts = new InstrumentAdvice<int> { HistogramBucketBoundaries = Counts };
        _images = meter.CreateCounter<long>("resnet.classifier.images", "{image}", "Pictures classified.");
        _errors = meter.CreateCounter<long>("resnet.classifier.errors", "{error}", "Pictures that could not be read, and batches that failed.");
        _prepareDuration = meter.CreateHistogram(
            "resnet.classifier.prepare.duration", "s", "Reading, decoding and resizing one picture.", tags: null, seconds);
        _forwardDuration = meter.CreateHistogram("resnet.classifier.forward.duration", "s", "The network's work on one batch.", tags: null, seconds);
        _batchSize = meter.CreateHistogram("resnet.classifier.batch.size", "{image}", "Pictures in one batch.", tags: null, counts);
        _queueLength = meter.CreateUpDownCounter<int>("resnet.classifier.queue.length", "{call}", "Calls that classify one image and are not answered yet.");
        _rejections = meter.CreateCounter<long>("resnet.classifier.rejections", "{call}", "Calls that were rejected because the queue was full.");
        _tags = name is null ? [] : [new("resnet.classifier.name", name)];
    }

    /// <summary>For classifiers that nobody gave a meter; it costs next to nothing while nobody listens.</summary>
    public static ClassifierMetrics Shared { get; } = new(new Meter(ImageClassifier.MeterName));

    public void Prepared(TimeSpan duration) => _prepareDuration.Record(duration.TotalSeconds, _tags);

    public void Classified(int imageCount, TimeSpan duration)
    {
        _images.Add(imageCount, _tags);
        _batchSize.Record(imageCount, _tags);
        _forwardDuration.Record(duration.TotalSeconds, _tags);
    }

    public void QueueChanged(int change) => _queueLength.Add(change, _tags);

    public void Rejected() => _rejections.Add(1, _tags);

    public void Failed(Exception fault) => _errors.Add(1, new TagList(_tags) { { "error.type", fault.GetType().FullName } });
}

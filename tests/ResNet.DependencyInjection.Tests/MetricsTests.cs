using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ResNet.Inference;

namespace ResNet.DependencyInjection.Tests;

public sealed class MetricsTests(ModelFolder files) : IClassFixture<ModelFolder>
{
    [Fact]
    public void A_classifier_of_a_container_measures_with_its_meter_factory()
    {
        using var services = new ServiceCollection().AddMetrics().AddKeyedImageClassifier("pets", files.Complete).BuildServiceProvider();
        using var recorder = new Recorder(meter => ReferenceEquals(meter.Scope, services.GetRequiredService<IMeterFactory>()));
        var classifier = services.GetRequiredKeyedService<ImageClassifier>("pets");

        classifier.Classify(files.Picture);
        classifier.Classify([files.Picture, files.Picture, files.Picture]);
        classifier.Invoking(c => c.Classify(files.Missing)).Should().Throw<FileNotFoundException>();

        recorder.Values("resnet.classifier.images").Should().Equal(1, 3);
        recorder.Values("resnet.classifier.batch.size").Should().Equal(1, 3);
        recorder.Values("resnet.classifier.prepare.duration").Should().HaveCount(4).And.OnlyContain(seconds => seconds > 0 && seconds < 60);
        recorder.Values("resnet.classifier.forward.duration").Should().HaveCount(2).And.OnlyContain(seconds => seconds > 0 && seconds < 60);
        recorder.Values("resnet.classifier.errors").Should().Equal(1);
        recorder.Tags("resnet.classifier.errors").Should().BeEquivalentTo(
            new Dictionary<string, object?> { ["resnet.classifier.name"] = "pets", ["error.type"] = "System.IO.FileNotFoundException" });
        recorder.Tags("resnet.classifier.images").Should().BeEquivalentTo(new Dictionary<string, object?> { ["resnet.classifier.name"] = "pets" });
    }

    [Fact]
    public void Calls_that_wait_and_calls_that_are_rejected_are_counted()
    {
        using var services = new ServiceCollection().AddMetrics().AddImageClassifier(options =>
            (options.WeightsPath, options.MaxConcurrentDecodes, options.MaxQueueLength) = (files.Complete, 1, 0)).BuildServiceProvider();
        using var recorder = new Recorder(meter => ReferenceEquals(meter.Scope, services.GetRequiredService<IMeterFactory>()));
        var classifier = services.GetRequiredService<ImageClassifier>();
        using var stream = new AskingStream(File.ReadAllBytes(files.Picture), () =>
            classifier.Invoking(c => c.Classify(files.Picture)).Should().Throw<ImageQueueFullException>());

        classifier.Classify(stream);

        recorder.Values("resnet.classifier.queue.length").Should().Equal(1, -1);
        recorder.Values("resnet.classifier.rejections").Should().Equal(1);
    }

    [Fact]
    public void Instruments_carry_units()
    {
        using var services = new ServiceCollection().AddMetrics().AddImageClassifier(files.Complete).BuildServiceProvider();
        using var recorder = new Recorder(meter => ReferenceEquals(meter.Scope, services.GetRequiredService<IMeterFactory>()));
        services.GetRequiredService<ImageClassifier>();
        recorder.Units.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["resnet.classifier.images"] = "{image}",
            ["resnet.classifier.errors"] = "{error}",
            ["resnet.classifier.prepare.duration"] = "s",
            ["resnet.classifier.forward.duration"] = "s",
            ["resnet.classifier.batch.size"] = "{image}",
            ["resnet.classifier.queue.length"] = "{call}",
            ["resnet.classifier.rejections"] = "{call}",
        });
    }

    [Fact]
    public void Without_a_meter_factory_the_shared_meter_serves()
    {
        using var recorder = new Recorder(meter => meter.Name == ImageClassifier.MeterName && meter.Scope is null);
        using var services = new ServiceCollection().AddImageClassifier(files.Complete).BuildServiceProvider();
        services.GetRequiredService<ImageClassifier>().Classify(files.Picture);
        recorder.Values("resnet.classifier.images").Should().Equal(1);
        recorder.Tags("resnet.classifier.images").Should().BeEmpty();
    }

    [Fact]
    public void Two_classifiers_share_the_instruments_and_differ_in_their_name()
    {
        using var services = new ServiceCollection().AddMetrics()
            .AddKeyedImageClassifier("a", files.Complete).AddKeyedImageClassifier("b", files.Complete).BuildServiceProvider();
        using var recorder = new Recorder(meter => ReferenceEquals(meter.Scope, services.GetRequiredService<IMeterFactory>()));
        services.GetRequiredKeyedService<ImageClassifier>("a").Classify(files.Picture);
        services.GetRequiredKeyedService<ImageClassifier>("b").Classify(files.Picture);
        recorder.All("resnet.classifier.images").Select(tags => tags["resnet.classifier.name"]).Should().Equal("a", "b");
    }

    /// <summary>Does something when it is first read.</summary>
    private sealed class AskingStream(byte[] content, Action ask) : MemoryStream(content)
    {
        private Action? _ask = ask;

        public override int Read(Span<byte> buffer)
        {
            Interlocked.Exchange(ref _ask, null)?.Invoke();
            return base.Read(buffer);
        }
    }

    /// <summary>Keeps what the chosen meters measure.</summary>
    private sealed class Recorder : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> _measurements = [];

        public Recorder(Func<Meter, bool> chosen)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (chosen(instrument.Meter))
                {
                    Units[instrument.Name] = instrument.Unit;
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public Dictionary<string, string?> Units { get; } = [];

        public IEnumerable<double> Values(string name) => _measurements.Where(m => m.Name == name).Select(m => m.Value);

        public IEnumerable<Dictionary<string, object?>> All(string name) => _measurements.Where(m => m.Name == name).Select(m => m.Tags);

        public Dictionary<string, object?> Tags(string name) => All(name).Last();

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _measurements.Add((instrument.Name, value, tags.ToArray().ToDictionary()));
    }
}

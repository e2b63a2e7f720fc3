using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ResNet.Compilation;
using ResNet.Inference;
using ResNet.Runtime;

namespace ResNet.DependencyInjection;

/// <summary>Makes the classifier that options describe, and says so to the log. Logging and metrics are used where the container has them.</summary>
internal static partial class ImageClassifierFactory
{
    /// <summary>Makes a classifier.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">The key of the registration; empty for the one without.</param>
    /// <exception cref="OptionsValidationException">The options cannot be used; the message lists every fault.</exception>
    public static ImageClassifier Make(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<ImageClassifierOptions>>().Get(name);
        var logger = (ILogger?)services.GetService<ILoggerFactory>()?.CreateLogger(typeof(ImageClassifier).FullName!) ?? NullLogger.Instance;
        string source = options.WeightsPath ?? options.Pretrained ?? "what Create makes";
        LogLoading(logger, source);
        long start = Stopwatch.GetTimestamp();
        ImageClassifier classifier;
        try
        {
            classifier = options.Create is not { } create ? Load(options)
                : create(services) ?? throw new InvalidOperationException("ImageClassifierOptions.Create made no classifier; it must not return null.");
        }
        catch (Exception fault)
        {
            LogFailure(logger, fault, source);
            throw;
        }

        // One that was made elsewhere may have limits of its own.
        if (ReferenceEquals(classifier.Limits, ClassifierLimits.Default))
        {
            classifier.Limits = options.ToLimits();
        }

        if (services.GetService<IMeterFactory>() is { } meters)
        {
            classifier.Metrics = new ClassifierMetrics(meters.Create(ImageClassifier.MeterName), name.Length == 0 ? null : name);
        }

        LogLoaded(logger, source, classifier.Options.Depth, classifier.Options.ClassCount, classifier.Engine, Stopwatch.GetElapsedTime(start).TotalSeconds);
        return classifier;
    }

    private static ImageClassifier Load(ImageClassifierOptions options)
    {
        var device = DeviceSelector.Parse(options.Device);
        var engine = new EngineOptions
        {
            Choice = options.Engine,
            CalibrationFolder = string.IsNullOrWhiteSpace(options.CalibrationFolder) ? null : options.CalibrationFolder,
            Compile = new CompileOptions { Precision = options.Precision },
        };
        if (options.Pretrained is { } name)
        {
            // Containers make services synchronously; without a context to return to, waiting here cannot block anyone.
            return Task.Run(() => ImageClassifier.FromPretrainedAsync(name, device: device, engine: engine)).GetAwaiter().GetResult();
        }

        return options.Network is { } network
            ? ImageClassifier.FromFile(options.WeightsPath!, network, options.Preprocessing!, options.Labels, device, engine)
            : ImageClassifier.FromFile(options.WeightsPath!, device, engine);
    }

    [LoggerMessage(1, LogLevel.Debug, "Loading an image classifier from {Source}.")]
    private static partial void LogLoading(ILogger logger, string source);

    [LoggerMessage(2, LogLevel.Information, "Loaded an image classifier from {Source}: {Depth} layers, {ClassCount} classes, {Engine}, in {Seconds:F2} s.")]
    private static partial void LogLoaded(ILogger logger, string source, int depth, int classCount, EngineReport engine, double seconds);

    [LoggerMessage(3, LogLevel.Error, "Loading an image classifier from {Source} failed.")]
    private static partial void LogFailure(ILogger logger, Exception fault, string source);
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ResNet.Imaging;

/// <summary>The instruments of <see cref="ImageDecoder"/>, whoever calls it. They cost next to nothing while nobody listens.</summary>
internal static class DecoderMetrics
{
    private static readonly double[] Seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
    private static readonly Meter Meter = new("ResNet");
    private static readonly Counter<long> Errors = Meter.CreateCounter<long>("resnet.decoder.errors", "{error}", "Images that could not be decoded.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "resnet.decoder.duration", "s", "Reading and decoding one image.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    /// <summary>Measures a call.</summary>
    public static T Measure<T, TArgument>(TArgument argument, Func<TArgument, T> decode)
        where TArgument : allows ref struct
    {
        long start = Stopwatch.GetTimestamp();
        var result = Refused(argument, decode);
        Duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return result;
    }

    /// <summary>Counts errors of what comes before decoding.</summary>
    public static T Refused<T, TArgument>(TArgument argument, Func<TArgument, T> read)
        where TArgument : allows ref struct
    {
        try
        {
            return read(argument);
        }
        catch (Exception ex)
        {
            Errors.Add(1, new TagList { { "error.type", ex.GetType().FullName } });
            throw;
        }
    }
}

using System.Diagnostics;
using System.Globalization;

namespace ResNet.TestSupport.Fuzzing;

/// <summary>The figures of a run. Threads add to it.</summary>
public sealed class FuzzReport
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly SortedDictionary<string, long> _results = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];
    private (TimeSpan Time, long Number) _slowest;
    private (long Bytes, long Number) _largest;

    /// <summary>Sentences about what is wrong with the reader.</summary>
    public IReadOnlyList<string> Findings
    {
        get
        {
            lock (_lock)
            {
                return [.. _findings];
            }
        }
    }

    /// <summary>How many mutants were tried.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _results.Values.Sum();
            }
        }
    }

    /// <summary>How many mutants ended in a result, such as <see cref="FuzzOutcome.Read"/>.</summary>
    public long CountOf(string result)
    {
        lock (_lock)
        {
            return _results.GetValueOrDefault(result);
        }
    }

    /// <summary>One paragraph for people.</summary>
    public override string ToString()
    {
        using var process = Process.GetCurrentProcess();
        lock (_lock)
        {
            long count = _results.Values.Sum();
            double seconds = _clock.Elapsed.TotalSeconds;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{count} mutants in {seconds:F0} s ({count / seconds:F0}/s): {string.Join(", ", _results.Select(pair => $"{pair.Key} {pair.Value}"))}; {_findings.Count} findings; "
                + $"slowest {_slowest.Time.TotalMilliseconds:F0} ms of processor time (mutant {_slowest.Number}), largest {_largest.Bytes >> 10} KiB (mutant {_largest.Number}); "
                + $"process at most {process.PeakWorkingSet64 >> 20} MiB.");
        }
    }

    internal void Add(long number, FuzzOutcome outcome, TimeSpan time)
    {
        lock (_lock)
        {
            _results[outcome.Result] = _results.GetValueOrDefault(outcome.Result) + 1;
            _slowest = time > _slowest.Time ? (time, number) : _slowest;
            _largest = outcome.Allocated > _largest.Bytes ? (outcome.Allocated, number) : _largest;
        }
    }

    internal void AddFinding(string finding)
    {
        lock (_lock)
        {
            _findings.Add(finding);
        }
    }
}

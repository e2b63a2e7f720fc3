namespace ResNet.Cli;

/// <summary>Estimates how long something will still take, from how long what is done since the first look at it took.</summary>
internal sealed class TimeLeft(TimeProvider clock)
{
    private long _start;
    private double? _first;

    /// <summary>Estimates.</summary>
    /// <param name="done">What is done, in any unit; what was done already at the first call cost no time here.</param>
    /// <param name="total">What there is to do, in the same unit.</param>
    /// <returns>Null while nothing can be said.</returns>
    public TimeSpan? After(double done, double total)
    {
        if (_first is not { } first)
        {
            _first = done;
            _start = clock.GetTimestamp();
            return null;
        }

        return done > first && total > done ? clock.GetElapsedTime(_start) * ((total - done) / (done - first)) : null;
    }

    /// <summary>Hours, minutes and begun seconds; without the hours where there are none.</summary>
    public static string Text(TimeSpan time)
    {
        time = TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : $"{time:m\\:ss}";
    }
}

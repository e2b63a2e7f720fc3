namespace ResNet.Cli.Tests;

/// <summary>A clock that stands still until it is told to go on.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private TimeSpan _now = TimeSpan.FromDays(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public void Step(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}

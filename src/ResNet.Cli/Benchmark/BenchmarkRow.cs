namespace ResNet.Cli;

/// <summary>What was measured of one engine at one batch size.</summary>
/// <param name="Engine">What ran.</param>
/// <param name="Batch">Pictures of a pass.</param>
/// <param name="Latencies">Milliseconds of every pass, rising.</param>
/// <param name="PicturesPerSecond">Of all callers together.</param>
/// <param name="WarmUpBytes">By how much the process's resident memory grew in the first passes.</param>
internal sealed record BenchmarkRow(BenchmarkEngine Engine, int Batch, double[] Latencies, double PicturesPerSecond, long WarmUpBytes)
{
    /// <summary>The fastest pass, in milliseconds.</summary>
    public double Fastest => Latencies[0];

    /// <summary>The latency in milliseconds that so many of a hundred passes do not exceed.</summary>
    /// <param name="percent">1 to 100.</param>
    public double Percentile(int percent) => Latencies[Math.Max(0, (int)Math.Ceiling(Latencies.Length * percent / 100.0) - 1)];
}

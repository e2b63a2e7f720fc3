using Spectre.Console;

namespace ResNet.Benchmarks;

/// <summary>Interleaves the measurements, so that a slow minute of the machine hits all of them.</summary>
internal static class Rounds
{
    public static async Task<IReadOnlyList<Result>> RunAsync(IReadOnlyList<Measurement> measurements, int count, CancellationToken cancellation)
    {
        var values = measurements.Select(_ => new List<double>()).ToArray();
        await AnsiConsole.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask("Measuring", maxValue: count * measurements.Count);
            for (int round = 0; round < count; round++)
            {
                for (int i = 0; i < measurements.Count; i++)
                {
                    task.Description = Markup.Escape($"Round {round + 1}/{count}: {measurements[i].Name} ({measurements[i].Variant})");
                    values[i].Add(await ChildProcess.RunAsync(measurements[i], cancellation));
                    task.Increment(1);
                }
            }
        });
        return [.. measurements.Zip(values, (measurement, numbers) => new Result(measurement, numbers))];
    }
}

using System.Text.Json.Nodes;
using ResNet.Runtime;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>What a benchmark found, for people and for programs.</summary>
internal static class BenchmarkText
{
    private static readonly string[] Figures = ["median ms", "min ms", "p99 ms", "pictures /s", "GFLOP/s", "speed up", "memory"];

    /// <summary>As the command line calls it.</summary>
    public static string NameOf(BenchmarkEngine engine) => engine switch
    {
        BenchmarkEngine.Eager => "eager",
        BenchmarkEngine.Compiled => "compiled",
        BenchmarkEngine.BFloat16 => "bf16",
        _ => "int8",
    };

    public static void Print(IAnsiConsole console, string network, BenchmarkReport report, long multiplyAdds, TorchRuntimeInfo machine, int threadCount)
    {
        var request = report.Request;
        console.Say($"{network}, pictures of {request.Height}x{request.Width}, {multiplyAdds / 1e9:N2} billion multiply-adds for each");
        console.Say($"{Processor(machine)}, {threadCount} threads, libtorch {machine.LibTorchVersion}");
        foreach (var engine in report.Engines)
        {
            console.Say($"{NameOf(engine.Engine)}: {Describe(engine)}");
        }

        var table = new TextTable().Column("batch", isNumber: true).Column("engine", isWhole: true);
        foreach (string figure in Figures)
        {
            table.Column(figure, isNumber: true);
        }

        foreach (var row in report.Rows)
        {
            string speed = BaseOf(report, row) is { } slow ? $"{slow.Percentile(50) / row.Percentile(50):N2}x" : string.Empty;
            table.Row(
                $"{row.Batch}", NameOf(row.Engine), Milliseconds(row.Percentile(50)), Milliseconds(row.Fastest), Milliseconds(row.Percentile(99)), $"{row.PicturesPerSecond:N1}",
                $"{GigaFlops(row, multiplyAdds):N0}", speed, $"+{row.WarmUpBytes / 1e6:N0} MB");
        }

        table.Narrow().Print(console);
        string callers = request.CallerCount == 1 ? string.Empty : $" {request.CallerCount} callers at once; a pass takes as long as one of them waits.";
        console.Say($"Times are of a whole pass, engines took turns.{callers} Memory: by how much the process grew in the first passes of that size.");
        if (report.Engines.Any(engine => engine.Engine == BenchmarkEngine.Int8))
        {
            console.Say("int8 was calibrated on random pictures, like those that are measured: that is enough for times, not for right answers.");
        }
    }

    public static JsonObject ToJson(string network, BenchmarkReport report, long multiplyAdds, TorchRuntimeInfo machine, int threadCount) => new()
    {
        ["network"] = network,
        ["inputHeight"] = report.Request.Height,
        ["inputWidth"] = report.Request.Width,
        ["multiplyAdds"] = multiplyAdds,
        ["processor"] = Processor(machine),
        ["threads"] = threadCount,
        ["callers"] = report.Request.CallerCount,
        ["libtorch"] = machine.LibTorchVersion,
        ["torchSharp"] = machine.TorchSharpVersion,
        ["system"] = machine.OperatingSystem,
        ["engines"] = new JsonArray([.. report.Engines.Select(engine => new JsonObject
        {
            ["engine"] = NameOf(engine.Engine),
            ["measured"] = engine.IsMeasured,
            ["report"] = engine.Compiled?.ToString() ?? "the network itself",
            ["calibration"] = engine.Engine == BenchmarkEngine.Int8 ? "random pictures" : null,
            ["secondsToMake"] = engine.Seconds,
            ["residentBytes"] = engine.Bytes,
        })]),
        ["results"] = new JsonArray([.. report.Rows.Select(row => new JsonObject
        {
            ["batch"] = row.Batch,
            ["engine"] = NameOf(row.Engine),
            ["passes"] = row.Latencies.Length,
            ["medianMilliseconds"] = row.Percentile(50),
            ["minimumMilliseconds"] = row.Fastest,
            ["p99Milliseconds"] = row.Percentile(99),
            ["picturesPerSecond"] = row.PicturesPerSecond,
            ["gigaFlops"] = GigaFlops(row, multiplyAdds),
            ["speedUp"] = BaseOf(report, row) is { } slow ? slow.Percentile(50) / row.Percentile(50) : null,
            ["warmUpBytes"] = row.WarmUpBytes,
        })]),
    };

    /// <summary>The network itself at the same batch size, for others to be compared with.</summary>
    private static BenchmarkRow? BaseOf(BenchmarkReport report, BenchmarkRow row) => row.Engine == BenchmarkEngine.Eager
        ? null : report.Rows.FirstOrDefault(other => other.Batch == row.Batch && other.Engine == BenchmarkEngine.Eager);

    private static string Milliseconds(double time) => time < 100 ? $"{time:N2}" : $"{time:N0}";

    /// <summary>A multiplication and an addition are two operations.</summary>
    private static double GigaFlops(BenchmarkRow row, long multiplyAdds) => 2 * multiplyAdds * row.PicturesPerSecond / 1e9;

    private static string Describe(MeasuredEngine engine)
    {
        if (engine.Compiled is not { } compiled)
        {
            return "the network itself";
        }

        string left = engine.IsMeasured ? string.Empty : "; not measured, as that is no other engine";
        return $"{compiled}, made in {engine.Seconds:N2} s, {engine.Bytes / 1e6:N0} MB{left}";
    }

    private static string Processor(TorchRuntimeInfo machine) => machine.Devices.Count > 0 ? machine.Devices[0].Value : "unknown processor";
}

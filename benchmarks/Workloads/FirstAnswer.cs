using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using ResNet.Compilation;
using ResNet.Runtime;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>From a file of weights to the logits of one picture, libraries loaded: the milliseconds, or the peak of resident memory in MiB.</summary>
internal sealed partial class FirstAnswer(string network, string variant, string what) : IWorkload
{
    public const string Kind = "first";

    private const string Eager = "eager";
    private const string Checked = "float32, with self-check";
    private const string Time = "ms";

    public static IReadOnlyList<Measurement> Measurements() =>
    [
        .. from what in new[] { Time, "MiB" }
           from network in new[] { "resnet18", "resnet50", "resnet101" }
           from variant in new[] { Contestant.OnnxRuntime, Eager, Checked, Contestant.Float32, Contestant.BFloat16 }
           select new Measurement($"{network}, {(what == Time ? "file to first answer" : "peak memory")}", variant, what, [Kind, network, variant, what])
           {
               Comparisons = variant == Contestant.OnnxRuntime ? [] : [new Comparison(Contestant.OnnxRuntime)],
           },
    ];

    public double Run()
    {
        TorchRuntime.TuneProcess();
        TorchRuntime.EnsureLoaded();
        float[] picture = InferenceNetworks.Pictures(1);
        if (variant == Contestant.OnnxRuntime)
        {
            _ = OrtEnv.Instance();
        }

        string file = variant == Contestant.OnnxRuntime ? OnnxModels.FileOf(network) : WeightsFile();
        if (variant is Contestant.Float32 or Contestant.BFloat16)
        {
            // So that an earlier process made the self-check, as everywhere but at the very first time.
            Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["child", Kind, network, variant + " of an earlier process", what])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!.WaitForExit();
        }

        long start = Stopwatch.GetTimestamp();
        Answer(file, picture);
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return what == Time ? time : PeakMiB();
    }

    private void Answer(string file, float[] picture)
    {
        if (variant == Contestant.OnnxRuntime)
        {
            using var contestant = Contestant.Create(variant, network, batch: 1);
            contestant.Run();
            return;
        }

        using var model = ModelFileOf(file);
        if (variant == Eager)
        {
            using var inference = torch.inference_mode();
            using var scope = torch.NewDisposeScope();
            _ = model.call(torch.tensor(picture, [1, 3, InferenceNetworks.Size, InferenceNetworks.Size]));
            return;
        }

        using var compiled = model.Compile(new CompileOptions
        {
            Precision = variant.StartsWith(Contestant.BFloat16, StringComparison.Ordinal) ? CompilePrecision.BFloat16 : CompilePrecision.Float32,
            RemembersCheck = variant != Checked,
        });
        compiled.Forward(picture, InferenceNetworks.Size, InferenceNetworks.Size, new float[compiled.Options.ClassCount]);
    }

    /// <summary>As <see cref="Inference.ImageClassifier"/> does it: a model that is only there to be compiled leaves its weights in the file.</summary>
    private ResNetModel ModelFileOf(string file) =>
        ModelFile.Load(file, Networks.Options(network), loading: new WeightsLoadOptions { MapFile = variant != Eager });

    private string WeightsFile()
    {
        string path = Path.Combine(OnnxModels.Folder, network + ".safetensors");
        if (!File.Exists(path))
        {
            using var model = InferenceNetworks.Build(network);
            model.SaveWeights(path);
        }

        return path;
    }

    private static double PeakMiB()
    {
        string status = OperatingSystem.IsLinux() ? File.ReadAllText("/proc/self/status") : "";
        return Peak().Match(status) is { Success: true } match ? double.Parse(match.Groups["kilobytes"].Value) / 1024 : Process.GetCurrentProcess().PeakWorkingSet64 / (double)(1 << 20);
    }

    [GeneratedRegex(@"VmHWM:\s+(?<kilobytes>\d+) kB", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Peak();
}

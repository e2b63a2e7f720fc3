using System.CommandLine;
using ResNet.Benchmarks.DeviceChecks;
using ResNet.Benchmarks.Workloads;

namespace ResNet.Benchmarks;

/// <summary>The command line: what can be measured, and the hidden command a child process runs.</summary>
internal static class Commands
{
    public static RootCommand Create()
    {
        var data = new Option<string>("--data") { Required = true, Description = "Folder with photos (searched recursively)." };
        var photos = Measure("photos", "Photos a second on one core: decode, shorter side to 256, centre crop of 224.", 5, parsed =>
            [new Measurement("decode-256-224", "library", "photos/s", [Photos.Kind, Path.GetFullPath(parsed.GetValue(data)!)])]);
        photos.Options.Add(data);
        var loaderData = new Option<string?>("--data") { Description = "Folder with photos (searched recursively); without it, only 32x32 from memory." };
        var loader = Measure("loader", "Loading and augmenting, alone and while a network trains, against TorchSharp's own loader.", 3, parsed =>
        {
            string? folder = parsed.GetValue(loaderData) is { } path ? Path.GetFullPath(path) : null;
            return [.. LoaderThroughput.Measurements(folder), .. LoaderTraining.Measurements(folder)];
        });
        loader.Options.Add(loaderData);
        var processorTime = new Option<bool>("--processor-time") { Description = "Measure what a step costs, of all threads together, instead of how long it takes: steadier where other programs run." };
        var step = Measure("step", "Forward, backward and SGD step of the trainer, against the naive baseline.", 5, parsed => StepTime.Measurements(parsed.GetValue(processorTime)));
        step.Options.Add(processorTime);
        var evaluateData = new Option<string?>("--data") { Description = "Folder with photos (searched recursively); without it, only 32x32 from memory." };
        var evaluateClock = new Option<bool>("--processor-time") { Description = processorTime.Description };
        var evaluate = Measure("evaluate", "Evaluation on ten crops, and on whole pictures at five scales, against the centre crop.", 5, parsed =>
            [.. EvaluationCost.Measurements(parsed.GetValue(evaluateData) is { } path ? Path.GetFullPath(path) : null, parsed.GetValue(evaluateClock))]);
        evaluate.Options.Add(evaluateData);
        evaluate.Options.Add(evaluateClock);
        var same = new Command("same", "Shows that the naive networks compute what the library's do.");
        same.SetAction(_ => NaiveCheck.Run());
        var deviceName = new Option<string>("--device") { DefaultValueFactory = _ => "cuda", Description = "The device: cuda, cuda:1, or cpu to try the check itself." };
        var page = new Option<string?>("--report") { Description = "Also write one page of Markdown to this file." };
        var quick = new Option<bool>("--quick") { Description = "The smaller networks and a shorter training only." };
        var deviceCheck = new Command("device", "Holds a device against the CPU: logits, compiled networks, ten crops, training, memory, images a second.") { deviceName, page, quick };
        deviceCheck.SetAction(parsed => DeviceCheck.Run(parsed.GetValue(deviceName)!, parsed.GetValue(page), parsed.GetValue(quick)));
        return new RootCommand("Benchmarks of ResNet for .NET. Every measurement is taken in a process of its own.")
        {
            Measure("build", "Time to build every network.", 3, _ => Building.Measurements()),
            step,
            Measure("steady", "Memory and live tensors over 5,000 training steps, and over an evaluation of 50,000 pictures.", 1, _ =>
                [.. Steadiness.Measurements(), .. EvaluationMemory.Measurements()]),
            evaluate,
            Measure("inference", "Compiled inference against ONNX Runtime and the naive networks, at batch 1, 8 and 32, and the machine's peaks.", 9, _ => InferenceTime.Measurements(), OnnxModels.Remove),
            Measure("first", "From a file to the first answer: time, and peak of resident memory, beside ONNX Runtime.", 5, _ => FirstAnswer.Measurements(), OnnxModels.Remove),
            Measure("callers", "Latency with one, two and four callers at a time, beside ONNX Runtime.", 3, _ => CallerLatency.Measurements(), OnnxModels.Remove),
            photos,
            loader,
            same,
            deviceCheck,
            Child(),
        };
    }

    private static Command Measure(string name, string description, int rounds, Func<ParseResult, IReadOnlyList<Measurement>> measurements, Action? cleanUp = null)
    {
        var roundCount = new Option<int>("--rounds") { DefaultValueFactory = _ => rounds, Description = "Child processes for each measurement." };
        roundCount.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--rounds must be at least 1.");
            }
        });
        var filter = new Option<string?>("--only") { Description = "Measure only networks whose name contains this text." };
        var json = new Option<string?>("--json") { Description = "Also write the results to this file." };
        var command = new Command(name, description) { roundCount, filter, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            string only = parsed.GetValue(filter) ?? "";
            var all = measurements(parsed);

            // Shares of the peak are of the peak in the same run.
            var chosen = all.Where(m => m.Name.Contains(only, StringComparison.OrdinalIgnoreCase) || m.Name == MachinePeak.Name).ToArray();
            if (chosen.All(m => m.Name == MachinePeak.Name && only.Length > 0))
            {
                await Console.Error.WriteLineAsync($"--only {only} matches no measurement of '{name}'.");
                return 2;
            }

            try
            {
                var results = await Rounds.RunAsync(chosen, parsed.GetValue(roundCount), cancellation);
                return Report.Write(name, results, parsed.GetValue(json));
            }
            finally
            {
                cleanUp?.Invoke();
            }
        });
        return command;
    }

    private static Command Child()
    {
        var arguments = new Argument<string[]>("arguments");
        var child = new Command("child") { arguments };
        child.Hidden = true;
        child.SetAction(parsed =>
        {
            string[] values = parsed.GetValue(arguments)!;
            IWorkload workload = values[0] switch
            {
                Building.Kind => new Building(values[1]),
                StepTime.Kind => new StepTime(values[1], values[2], values[3]),
                Steadiness.Kind => new Steadiness(),
                EvaluationCost.Kind => new EvaluationCost(values[1], values[2], values[3]),
                EvaluationMemory.Kind => new EvaluationMemory(values[1]),
                InferenceTime.Kind => new InferenceTime(values[1], values[2], values[3]),
                MachinePeak.Kind => new MachinePeak(values[1]),
                FirstAnswer.Kind => new FirstAnswer(values[1], values[2], values[3]),
                CallerLatency.Kind => new CallerLatency(values[1], values[2], values[3], values[4]),
                Photos.Kind => new Photos(values[1]),
                LoaderThroughput.Kind => new LoaderThroughput(values[1], values[2]),
                LoaderTraining.Kind => new LoaderTraining(values[1], values[2]),
                _ => throw new ArgumentException($"There is no workload '{values[0]}'.", nameof(parsed)),
            };
            Console.WriteLine(ChildProcess.ResultPrefix + workload.Run().ToString("R"));
        });
        return child;
    }
}

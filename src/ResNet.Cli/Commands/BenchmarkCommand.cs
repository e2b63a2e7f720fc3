using System.CommandLine;
using System.Globalization;
using ResNet.Analysis;
using ResNet.Compilation;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Cli;

/// <summary><c>resnet benchmark</c>: how fast a network is on this machine, by itself and compiled.</summary>
internal static class BenchmarkCommand
{
    private const int MaxCallers = 256;

    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("benchmark", "Measures how fast a network classifies on this machine, by itself and compiled.");
        var network = new Argument<string>("network")
        {
            Description = $"A file of weights, a name that 'resnet download --list' shows, or {Architectures.Names}, with random weights. Default: resnet50.",
            DefaultValueFactory = _ => "resnet50",
        };
        var batches = new Option<string>("--batch") { Description = "Pictures of a pass; several with commas between.", DefaultValueFactory = _ => "1,8,32" };
        var engines = new Option<string>("--engine")
        {
            Description = "eager (the network itself), compiled, bf16 and int8 (compiled, in bfloat16 or int8), with commas between.",
            DefaultValueFactory = _ => "eager,compiled,bf16,int8",
        };
        var inputSize = InputSizeOption.Create();
        var threads = new Option<int?>("--threads") { Description = "Threads of a pass. Default: as many as torch uses." }.AtLeastOne();
        var callers = new Option<int>("--callers") { Description = "Threads that ask at once.", DefaultValueFactory = _ => 1 }.AtLeastOne();
        var seconds = new Option<double>("--seconds") { Description = "How long each batch size is measured.", DefaultValueFactory = _ => 10 };
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        command.Arguments.Add(network);
        Option[] options = [batches, engines, inputSize, threads, callers, seconds, device, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        var architecture = new ArchitectureOptions(command);
        var reading = new ReadingOptions(command);
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(network)!;
            var request = new BenchmarkRequest(
                Engines(parsed.GetValue(engines)!), Batches(parsed.GetValue(batches)!), Height: 0, Width: 0, Callers(parsed.GetValue(callers)), Seconds(parsed.GetValue(seconds)));
            var compile = new CompileOptions { ThreadCount = Threads(parsed.GetValue(threads)) };
            var target = DeviceSelector.Parse(parsed.GetValue(device)!);
            if (compile.ThreadCount is { } count)
            {
                torch.set_num_threads(count);
            }

            using var model = Architectures.IsName(name) && !Path.Exists(name)
                ? Fresh(architecture.Read(parsed, name), target)
                : ModelSource.Open(name, architecture, parsed, normalization: null, reading.Read(parsed), new PretrainedFile(terminal, stop)).Load(target, terminal.Error);
            var (height, width) = InputSizeOption.Read(parsed.GetValue(inputSize)) ?? (model.Options.Stem == StemKind.Cifar ? (32, 32) : (224, 224));
            long multiplyAdds = ModelSummary.Of(model.Options, height, width, stop).MultiplyAdds;
            using var benchmark = new InferenceBenchmark(model, request with { Height = height, Width = width }, compile, stop);
            ProgressDisplay.Show(terminal.Error, display =>
            {
                benchmark.Prepare((done, engine) => display.Update(done, total: null, $"making {BenchmarkText.NameOf(engine)}"));
                return true;
            });
            var report = ProgressDisplay.Show(terminal.Error, display => benchmark.Run((share, text) => display.Update(share, 1, text)));
            var machine = TorchRuntime.Describe();
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(BenchmarkText.ToJson(name, report, multiplyAdds, machine, torch.get_num_threads()));
            }
            else
            {
                BenchmarkText.Print(terminal.Out, name, report, multiplyAdds, machine, torch.get_num_threads());
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static ResNetModel Fresh(ResNetOptions options, Device device)
    {
        var model = new ResNetModel(options, device);
        model.eval();
        return model;
    }

    private static BenchmarkEngine[] Engines(string text)
    {
        BenchmarkEngine?[] engines = [.. text.Split(',').Select(Find)];
        return engines.All(engine => engine is not null) && engines.Distinct().Count() == engines.Length
            ? [.. engines.Select(engine => engine!.Value)]
            : throw new UsageException($"--engine is '{text}'; give some of eager, compiled, bf16 and int8, each once, with commas between.");

        static BenchmarkEngine? Find(string name) =>
            Enum.GetValues<BenchmarkEngine>().Select(engine => (BenchmarkEngine?)engine).FirstOrDefault(engine => BenchmarkText.NameOf(engine!.Value) == name);
    }

    private static int[] Batches(string text)
    {
        const int most = 4096;
        int[] batches = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int batch) ? batch : 0)];
        return batches.All(batch => batch is >= 1 and <= most) && batches.Distinct().Count() == batches.Length
            ? batches
            : throw new UsageException($"--batch is '{text}'; give different numbers from 1 to {most}, such as 1,8,32.");
    }

    private static int Callers(int count) =>
        count <= MaxCallers ? count : throw new UsageException($"--callers is {count}; it must be 1 to {MaxCallers}.");

    private static int? Threads(int? count)
    {
        const int most = 1024;
        return count is null or <= most ? count : throw new UsageException($"--threads is {count}; it must be 1 to {most}.");
    }

    private static double Seconds(double seconds) =>
        seconds is > 0 and <= 3600 ? seconds : throw new UsageException($"--seconds is {seconds.ToString(CultureInfo.InvariantCulture)}; it must be more than 0 and at most 3600.");
}

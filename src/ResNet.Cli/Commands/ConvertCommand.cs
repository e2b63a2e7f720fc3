using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Imaging;
using ResNet.Onnx;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary><c>resnet convert</c>: weights from one format into another.</summary>
internal static class ConvertCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command(
            "convert",
            "Writes weights in another format. A file that says which network it is, or --arch, is loaded into the network, with torchvision's names, "
            + "and the new file says what is known; any other file is copied tensor by tensor, under its own names.");
        var input = new Argument<string>("in") { Description = "A file of weights in any format that is read, or a name that 'resnet download --list' shows." };
        var output = new Argument<string>("out") { Description = "The file to write: .safetensors, .pth or .pt for PyTorch, or .onnx ('resnet export' has options for it)." };
        command.Arguments.Add(input);
        command.Arguments.Add(output);
        var force = new Option<bool>("--force") { Description = "Replace OUT where it is there already." };
        var normalization = CommonOptions.Normalization();
        var json = CommonOptions.Json();
        var architecture = new ArchitectureOptions(command);
        var reading = new ReadingOptions(command);
        var noFingerprint = CommonOptions.NoFingerprint("The new file does not carry");
        Option[] options = [force, normalization, noFingerprint, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string to = parsed.GetValue(output)!;
            EnsureFormat(to);
            OutputFile.EnsureMayWrite(parsed.GetValue(input)!, to, parsed.GetValue(force));
            var how = reading.Read(parsed);
            var fetch = new PretrainedFile(terminal, stop);
            var (from, published) = fetch.Resolve(parsed.GetValue(input)!);
            OutputFile.EnsureIsNotRead(from, how, to);
            var given = CommonOptions.ReadNormalization(parsed.GetValue(normalization));
            bool isNetwork = published is not null || ModelFile.TryReadDescription(from, out _, how) || architecture.Name(parsed) is not null;
            if (!isNetwork && (given is not null || architecture.AnyGiven(parsed)))
            {
                throw new UsageException($"{from} does not say which network it belongs to. Say it with --arch, or leave the options of the network out.");
            }

            if (IsOnnx(to))
            {
                var network = isNetwork ? ModelSource.Open(parsed.GetValue(input)!, architecture, parsed, given, how, fetch) : throw new UsageException(
                    $"{from} does not say which network it belongs to, and only a network can be written as ONNX. Say it with --arch.");
                OnnxOutput.Write(terminal, ExportedNetwork.OfFile(terminal, network, given), to, OnnxExportOptions.Default, parsed.GetValue(json), stop);
                return ExitCode.Done;
            }

            if (isNetwork)
            {
                SaveNetwork(terminal, ModelSource.Open(parsed.GetValue(input)!, architecture, parsed, given, how, fetch), given, to, !parsed.GetValue(noFingerprint), stop);
            }
            else
            {
                Copy(terminal, from, how, to, stop);
            }

            Tell(terminal, parsed.GetValue(json), to);
            return ExitCode.Done;
        });
        return command;
    }

    private static void EnsureFormat(string to)
    {
        string extension = Path.GetExtension(to);
        if (extension.ToUpperInvariant() is not (".SAFETENSORS" or ".PTH" or ".PT" or ".ONNX"))
        {
            throw new UsageException($"{to} has the extension '{extension}', which decides the format; weights are written as .safetensors, .pth, .pt or .onnx.");
        }
    }

    private static bool IsOnnx(string to) => Path.GetExtension(to).Equals(".onnx", StringComparison.OrdinalIgnoreCase);

    private static void SaveNetwork(Terminal terminal, ModelSource source, Normalization? given, string to, bool withFingerprint, CancellationToken stop)
    {
        // What was only assumed is not written down as if it were known.
        var network = ExportedNetwork.OfFile(terminal, source, given);
        network.Announce(terminal, to);
        using var model = network.Load();
        var description = new ModelDescription
        {
            Options = source.Options,
            Preprocessing = network.Preprocessing,
            Labels = source.Labels,
            Fingerprint = withFingerprint ? source.Fingerprint : null,
        };
        ShareDisplay.Show(terminal.Error, "writing", progress => model.SaveWeights(to, description, progress, stop));
    }

    private static void Copy(Terminal terminal, string from, StateDictReadOptions how, string to, CancellationToken stop)
    {
        using var file = StateDictFile.Open(from, how);
        if (file.Root is { } root)
        {
            terminal.Error.Say($"{from} is a checkpoint; only what lies under '{root}' is copied.");
        }

        foreach (string name in file.Placeholders)
        {
            terminal.Error.Say($"left out: {name}");
        }

        ShareDisplay.Show(terminal.Error, "writing", progress => file.SaveAs(to, progress, stop));
    }

    /// <summary>From the file as it is now, not as it should be.</summary>
    private static void Tell(Terminal terminal, bool json, string to)
    {
        using var written = StateDictFile.Open(to);
        long bytes = new FileInfo(to).Length;
        if (json)
        {
            terminal.WriteJson(new JsonObject
            {
                ["tensors"] = written.Entries.Count,
                ["bytes"] = bytes,
                ["format"] = written.Format,
                ["output"] = to,
            });
        }
        else
        {
            terminal.Out.Say($"{to}: {written.Entries.Count:N0} tensors, {bytes:N0} bytes, {written.Format}");
        }
    }
}

using System.CommandLine;
using ResNet.Imaging;
using ResNet.Onnx;

namespace ResNet.Cli;

/// <summary><c>resnet export</c>: a network as an ONNX model.</summary>
internal sealed class ExportCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _stop;
    private readonly Argument<string[]> _paths = new("files")
    {
        Description = "[FILE] OUT.onnx: the weights, a file or a name that 'resnet download --list' shows, and the model to write. "
            + "Without FILE: the built-in ResNet-20, or the network of --arch, untrained.",
        Arity = new ArgumentArity(1, 2),
    };

    private readonly Option<int> _opset = new("--opset")
    {
        Description = $"Version of ONNX's operators, {OnnxExportOptions.OldestOpset} to {OnnxExportOptions.NewestOpset}.",
        DefaultValueFactory = _ => OnnxExportOptions.Default.OpsetVersion,
    };

    private readonly Option<bool> _softmax = new("--softmax") { Description = "Give probabilities instead of logits." };
    private readonly Option<bool> _normalize = new("--normalize") { Description = "Normalise in the model: its input is then RGB from 0 to 255." };
    private readonly Option<bool> _externalData = new("--external-data") { Description = "Put the weights into OUT.data, beside the model." };
    private readonly Option<bool> _noFold = new("--no-fold") { Description = "Keep batch normalisations as nodes of their own." };
    private readonly Option<string?> _size = new("--size") { Description = "Fix the size of the pictures: 224, or HEIGHTxWIDTH. Default: any." };
    private readonly Option<int?> _batch = new Option<int?>("--batch-size") { Description = "Fix how many pictures a call takes. Default: any." }.AtLeastOne();
    private readonly Option<bool> _force = new("--force") { Description = "Replace OUT where it is there already." };
    private readonly Option<string?> _normalization = CommonOptions.Normalization();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly ArchitectureOptions _architecture;
    private readonly ReadingOptions _reading;

    private ExportCommand(Command command, Terminal terminal, CancellationToken stop)
    {
        (_terminal, _stop) = (terminal, stop);
        command.Arguments.Add(_paths);
        _opset.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && NumberText.TryRead(text, out int value) && value is < OnnxExportOptions.OldestOpset or > OnnxExportOptions.NewestOpset)
            {
                result.AddError($"--opset is {text}; it must be {OnnxExportOptions.OldestOpset} to {OnnxExportOptions.NewestOpset}.");
            }
        });
        _size.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && InputSizeOption.Read(text) is null)
            {
                result.AddError($"--size is '{text}'; it must be one whole number or HEIGHTxWIDTH, each 1 or more.");
            }
        });
        Option[] options = [_opset, _softmax, _normalize, _externalData, _noFold, _size, _batch, _force, _normalization, _json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        _architecture = new ArchitectureOptions(command);
        _reading = new ReadingOptions(command);
    }

    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("export", "Writes a network as an ONNX model, for ONNX Runtime, ML.NET and others; its metadata say what is known of it.");
        var export = new ExportCommand(command, terminal, stop);
        command.SetAction(export.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string[] paths = parsed.GetValue(_paths)!;
        string to = paths[^1];
        EnsureMayWrite(parsed, paths);
        var given = CommonOptions.ReadNormalization(parsed.GetValue(_normalization));
        var network = paths.Length == 1 ? ExportedNetwork.WithoutFile(_terminal, _architecture, parsed, given) : OfFile(parsed, paths[0], to, given);
        bool normalize = parsed.GetValue(_normalize);
        if (normalize && network.Preprocessing is null)
        {
            throw new UsageException($"{network.Name} does not say how pictures are prepared, so the model cannot do it. Say it with --normalization.");
        }

        (int Height, int Width)? size = InputSizeOption.Read(parsed.GetValue(_size));
        if (normalize && size is null && network.Preprocessing?.Normalization.PixelMean is { } mean)
        {
            throw new UsageException($"{network.Name} subtracts a mean at each pixel, which takes pictures of one size. Say it with --size {mean.Height}x{mean.Width}.");
        }

        var options = new OnnxExportOptions
        {
            OpsetVersion = parsed.GetValue(_opset),
            Softmax = parsed.GetValue(_softmax),
            IncludeNormalization = normalize,
            ExternalData = parsed.GetValue(_externalData),
            FoldNormalization = !parsed.GetValue(_noFold),
            InputHeight = size?.Height,
            InputWidth = size?.Width,
            BatchSize = parsed.GetValue(_batch),
        };
        OnnxOutput.Write(_terminal, network, to, options, parsed.GetValue(_json), _stop);
        return ExitCode.Done;
    }

    private ExportedNetwork OfFile(ParseResult parsed, string weights, string to, Normalization? given)
    {
        var how = _reading.Read(parsed);
        var source = ModelSource.Open(weights, _architecture, parsed, given, how, new PretrainedFile(_terminal, _stop));
        foreach (string file in Written(parsed, to))
        {
            OutputFile.EnsureIsNotRead(source.Path, how, file);
        }

        return ExportedNetwork.OfFile(_terminal, source, given);
    }

    private void EnsureMayWrite(ParseResult parsed, string[] paths)
    {
        string to = paths[^1];
        if (!Path.GetExtension(to).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{to} has the extension '{Path.GetExtension(to)}'; ONNX models are written as .onnx. Weights are written by 'resnet convert'.");
        }

        foreach (string file in Written(parsed, to))
        {
            OutputFile.EnsureMayWrite(paths.Length > 1 ? paths[0] : null, file, parsed.GetValue(_force));
        }
    }

    private string[] Written(ParseResult parsed, string to) => parsed.GetValue(_externalData) ? [to, to + ".data"] : [to];
}

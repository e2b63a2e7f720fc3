using System.CommandLine;
using ResNet.Onnx;

namespace ResNet.Cli;

/// <summary><c>resnet export</c>: a network as an ONNX model.</summary>
internal sealed class ExportCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _stop;
    private readonly Argument<string> _input = new("file") { Description = PretrainedFile.OptionHelp };
    private readonly Argument<string> _output = new("out") { Description = "The file to write: .onnx." };
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
        command.Arguments.Add(_input);
        command.Arguments.Add(_output);
        _opset.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int value) && value is < OnnxExportOptions.OldestOpset or > OnnxExportOptions.NewestOpset)
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
        string weights = parsed.GetValue(_input)!, to = parsed.GetValue(_output)!;
        EnsureMayWrite(parsed, weights, to);
        var how = _reading.Read(parsed);
        var fetch = new PretrainedFile(_terminal, _stop);
        var given = CommonOptions.ReadNormalization(parsed.GetValue(_normalization));
        var source = ModelSource.Open(weights, _architecture, parsed, given, how, fetch);
        foreach (string file in Written(parsed, to))
        {
            OutputFile.EnsureIsNotRead(source.Path, how, file);
        }

        bool normalize = parsed.GetValue(_normalize);
        if (normalize && source.Assumption is not null && given is null)
        {
            throw new UsageException($"{source.Path} does not say how pictures are prepared, so the model cannot do it. Say it with --normalization.");
        }

        (int Height, int Width)? size = InputSizeOption.Read(parsed.GetValue(_size));
        if (normalize && size is null && source.Preprocessing.Normalization.PixelMean is { } mean)
        {
            throw new UsageException($"{source.Path} subtracts a mean at each pixel, which takes pictures of one size. Say it with --size {mean.Height}x{mean.Width}.");
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
            Preprocessing = OutputFile.KnownPreprocessing(_terminal, source, given, to),
        };
        OnnxOutput.Write(_terminal, source, to, options, parsed.GetValue(_json), _stop);
        return ExitCode.Done;
    }

    private void EnsureMayWrite(ParseResult parsed, string from, string to)
    {
        if (!Path.GetExtension(to).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{to} has the extension '{Path.GetExtension(to)}'; ONNX models are written as .onnx. Weights are written by 'resnet convert'.");
        }

        foreach (string file in Written(parsed, to))
        {
            OutputFile.EnsureMayWrite(from, file, parsed.GetValue(_force));
        }
    }

    private string[] Written(ParseResult parsed, string to) => parsed.GetValue(_externalData) ? [to, to + ".data"] : [to];
}

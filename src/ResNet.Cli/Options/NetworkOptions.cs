using System.CommandLine;
using ResNet.Runtime;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>Which network a command uses: a file, published weights, or the one that the library carries; and where it runs.</summary>
internal sealed class NetworkOptions
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _stop;
    private readonly Option<string?> _weights = new("--weights") { Description = $"{PretrainedFile.OptionHelp} Default: the built-in ResNet-20 for CIFAR-10." };
    private readonly Option<string?> _normalization = CommonOptions.Normalization();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly ArchitectureOptions _architecture;
    private readonly ReadingOptions _reading;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="terminal">Where is said what was assumed.</param>
    /// <param name="stop">Ends a download.</param>
    /// <param name="withWeights">Whether there is <c>--weights</c>; false where files are arguments of the command.</param>
    public NetworkOptions(Command command, Terminal terminal, CancellationToken stop, bool withWeights = true)
    {
        _terminal = terminal;
        _stop = stop;
        if (withWeights)
        {
            command.Options.Add(_weights);
        }

        command.Options.Add(_normalization);
        command.Options.Add(_device);
        _architecture = new ArchitectureOptions(command);
        _reading = new ReadingOptions(command);
    }

    /// <summary>Loads the network of <c>--weights</c>, or the built-in one; the caller disposes it.</summary>
    public UsedNetwork Open(ParseResult parsed) => parsed.GetValue(_weights) is { } weights ? Open(parsed, weights) : OpenBuiltIn(parsed, "--weights FILE");

    /// <summary>Loads a network; the caller disposes it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="weights">The file, or a name of published weights.</param>
    public UsedNetwork Open(ParseResult parsed, string weights)
    {
        var source = ModelSource.Open(
            weights, _architecture, parsed, CommonOptions.ReadNormalization(parsed.GetValue(_normalization)), _reading.Read(parsed), new PretrainedFile(_terminal, _stop));
        if (source.Assumption is { } assumption)
        {
            _terminal.Error.Say(assumption);
        }

        _stop.ThrowIfCancellationRequested();
        return new UsedNetwork(weights, source.Load(DeviceSelector.Parse(parsed.GetValue(_device)!), _terminal.Error), source.Preprocessing, source.Labels)
        {
            Fingerprint = source.FingerprintOfRun,
        };
    }

    /// <summary>Which images weights were trained on, without loading them; null where that is not known.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="weights">The file, or a name of published weights.</param>
    public TrainingFingerprint? FingerprintOf(ParseResult parsed, string weights) => ModelSource.Open(
        weights, _architecture, parsed, CommonOptions.ReadNormalization(parsed.GetValue(_normalization)), _reading.Read(parsed), new PretrainedFile(_terminal, _stop)).FingerprintOfRun;

    /// <summary>Loads the network that the library carries; the caller disposes it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="instead">How the command line names another network.</param>
    public UsedNetwork OpenBuiltIn(ParseResult parsed, string instead)
    {
        if (_architecture.AnyGiven(parsed) || parsed.GetValue(_normalization) is not null)
        {
            throw new UsageException(
                $"Say which weights to use: {instead}, such as {LatestRun.Weights() ?? "best.safetensors of a run of 'resnet train'"}. The built-in network takes no options.");
        }

        string newest = LatestRun.Weights() is { } run ? $" ({instead.Replace("FILE", run, StringComparison.Ordinal)} takes your newest run)" : string.Empty;
        _terminal.Error.Say($"Without {instead.Split(' ')[0]}: the built-in ResNet-20, which knows CIFAR-10's ten classes, from airplane to truck{newest}.");
        var model = ModelFile.LoadBuiltIn(out var description, DeviceSelector.Parse(parsed.GetValue(_device)!));
        return new UsedNetwork("built-in ResNet-20", model, description.Preprocessing!, description.Labels);
    }
}

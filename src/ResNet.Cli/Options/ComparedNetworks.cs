using System.CommandLine;
using ResNet.Runtime;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>The two networks of a comparison. What the command line says of networks is for files that do not say it themselves.</summary>
internal sealed class ComparedNetworks
{
    /// <summary>What stands for the network that the library carries.</summary>
    public const string BuiltIn = "built-in";

    private readonly Terminal _terminal;
    private readonly CancellationToken _stop;
    private readonly Argument<string> _a = new("A") { Description = $"{PretrainedFile.OptionHelp} '{BuiltIn}' is the built-in ResNet-20 for CIFAR-10." };
    private readonly Argument<string> _b = new("B") { Description = "The other one." };
    private readonly Option<string?> _archOfB = new("--arch-b") { Description = "The network of B, where it is another than that of --arch." };
    private readonly Option<string?> _normalization = CommonOptions.Normalization();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly ArchitectureOptions _architecture;
    private readonly ReadingOptions _reading;

    public ComparedNetworks(Command command, Terminal terminal, CancellationToken stop)
    {
        _terminal = terminal;
        _stop = stop;
        command.Arguments.Add(_a);
        command.Arguments.Add(_b);
        _architecture = new ArchitectureOptions(command);
        command.Options.Add(_archOfB);
        command.Options.Add(_normalization);
        command.Options.Add(_device);
        _reading = new ReadingOptions(command);
    }

    /// <summary>Loads both; the caller disposes them.</summary>
    /// <exception cref="UsageException">A file does not say which network it belongs to, and the command line neither; or both do.</exception>
    public (UsedNetwork A, UsedNetwork B) Open(ParseResult parsed)
    {
        string pathA = parsed.GetValue(_a)!, pathB = parsed.GetValue(_b)!;
        ModelSource? a = Describe(parsed, pathA, null), b = Describe(parsed, pathB, parsed.GetValue(_archOfB));
        if (b?.IsDescribed != false && parsed.GetValue(_archOfB) is not null)
        {
            throw new UsageException($"{pathB} says which network it is; leave --arch-b out.");
        }

        if (a?.IsDescribed != false && b?.IsDescribed != false && _architecture.AnyGiven(parsed))
        {
            throw new UsageException("Both say which networks they are; leave --arch and its companions out.");
        }

        var first = Load(parsed, pathA, a);
        try
        {
            return (first, Load(parsed, pathB, b));
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    /// <summary>Null is the built-in network.</summary>
    private ModelSource? Describe(ParseResult parsed, string weights, string? name)
    {
        if (weights == BuiltIn && !Path.Exists(weights))
        {
            return null;
        }

        var source = ModelSource.Open(
            weights, _architecture, parsed, CommonOptions.ReadNormalization(parsed.GetValue(_normalization)), _reading.Read(parsed),
            new PretrainedFile(_terminal, _stop), onlyWhereUnknown: true, name);
        if (source.Assumption is { } assumption)
        {
            _terminal.Error.Say(assumption);
        }

        return source;
    }

    private UsedNetwork Load(ParseResult parsed, string weights, ModelSource? source)
    {
        _stop.ThrowIfCancellationRequested();
        var device = DeviceSelector.Parse(parsed.GetValue(_device)!);
        return source is null
            ? new UsedNetwork("built-in ResNet-20", ModelFile.LoadBuiltIn(out var description, device), description.Preprocessing!, description.Labels)
            : new UsedNetwork(weights, source.Load(device, _terminal.Error), source.Preprocessing, source.Labels)
            {
                Fingerprint = source.FingerprintOfRun,
            };
    }
}

using System.CommandLine;

namespace ResNet.Cli;

/// <summary>The options that describe a network, for commands that build one.</summary>
internal sealed class ArchitectureOptions
{
    private readonly Option<string?> _arch = new("--arch") { Description = $"The network: {Architectures.Names}." };
    private readonly Option<string?> _shortcut = new("--shortcut") { Description = "The paper's shortcut option: A, B or C." };
    private readonly Option<string?> _zeroPadding = new("--zero-padding") { Description = "Where option A puts its zero channels: after the others, or on both sides." };
    private readonly Option<string?> _stride = new("--bottleneck-stride") { Description = "Which convolution of a bottleneck strides: the first 1x1 or the middle 3x3." };
    private readonly Option<string?> _block = new("--block") { Description = "basic or bottleneck, where a CIFAR depth allows both." };
    private readonly Option<bool> _preActivation = new("--pre-activation") { Description = "Normalisation and ReLU before each convolution." };
    private readonly Option<bool> _plain = new("--plain") { Description = "No shortcuts: the paper's plain counterpart." };
    private readonly Option<bool> _zeroInit = new("--zero-init") { Description = "Start the last normalisation of every block at 0." };
    private readonly Option<int?> _classes = new("--classes") { Description = "How many classes there are." };
    private readonly Option[] _all;
    private readonly bool _hasArch;

    public ArchitectureOptions(Command command, bool withArch = true)
    {
        _hasArch = withArch;
        _shortcut.AcceptOnlyFromAmong("A", "B", "C");
        _zeroPadding.AcceptOnlyFromAmong("after", "both");
        _stride.AcceptOnlyFromAmong("first", "middle");
        _block.AcceptOnlyFromAmong("basic", "bottleneck");
        Option[] options = [_shortcut, _zeroPadding, _stride, _block, _preActivation, _plain, _zeroInit, _classes];
        _all = withArch ? [_arch, .. options] : options;
        foreach (var option in _all)
        {
            command.Options.Add(option);
        }
    }

    public string? Name(ParseResult parsed) => _hasArch ? parsed.GetValue(_arch) : null;

    /// <summary>Whether the command line says anything about the network.</summary>
    public bool AnyGiven(ParseResult parsed) => _all.Any(option => parsed.GetResult(option) is { Implicit: false });

    public bool ClassesGiven(ParseResult parsed) => parsed.GetValue(_classes) is not null;

    /// <summary>The network that the command line describes.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The network's name, from <c>--arch</c> or wherever the command has it.</param>
    public ResNetOptions Read(ParseResult parsed, string name)
    {
        var options = Apply(parsed, Architectures.Parse(name, Block(parsed)));
        return options.Faults() is { Count: > 0 } faults ? throw new UsageException(string.Join(Environment.NewLine, faults)) : options;
    }

    /// <summary>Does nothing where the command line says nothing else of a network than its file does.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The file.</param>
    /// <param name="ofFile">What the file says.</param>
    /// <exception cref="UsageException">They contradict each other; every difference is listed.</exception>
    public void EnsureAgrees(ParseResult parsed, string path, ResNetOptions ofFile)
    {
        // What the name alone does not decide is the file's.
        var named = Name(parsed) is not { } name ? ofFile : Architectures.Parse(name, Block(parsed)) with
        {
            ClassCount = ofFile.ClassCount,
            Initialization = ofFile.Initialization,
            ZeroInitResidual = ofFile.ZeroInitResidual,
        };
        var differences = OptionDifferences.List(ofFile, Apply(parsed, named));
        if (differences.Count > 0)
        {
            throw new UsageException(
                $"{path} says which network it is, and the command line says another. Leave --arch and its companions out."
                + string.Concat(differences.Select(difference => $"{Environment.NewLine}- {difference}")));
        }
    }

    private BlockKind? Block(ParseResult parsed) =>
        parsed.GetValue(_block) switch { "basic" => BlockKind.Basic, "bottleneck" => BlockKind.Bottleneck, _ => null };

    private ResNetOptions Apply(ParseResult parsed, ResNetOptions preset) =>
        preset with
        {
            Block = Block(parsed) ?? preset.Block,
            Shortcut = parsed.GetValue(_shortcut) is { } shortcut ? Enum.Parse<ShortcutOption>(shortcut) : preset.Shortcut,
            ZeroPadding = parsed.GetValue(_zeroPadding) switch { "after" => ZeroPadding.After, "both" => ZeroPadding.Both, _ => preset.ZeroPadding },
            BottleneckStride = parsed.GetValue(_stride) switch
            {
                "first" => StridePlacement.First1x1,
                "middle" => StridePlacement.Middle3x3,
                _ => preset.BottleneckStride,
            },
            PreActivation = preset.PreActivation || parsed.GetValue(_preActivation),
            Residual = preset.Residual && !parsed.GetValue(_plain),
            ZeroInitResidual = preset.ZeroInitResidual || parsed.GetValue(_zeroInit),
            ClassCount = parsed.GetValue(_classes) ?? preset.ClassCount,
        };
}

namespace ResNet.Training;

/// <summary>One network of the paper's study on CIFAR-10 (section 4.2), and what the paper says of it.</summary>
public sealed record CifarExperiment
{
    private CifarExperiment(ResNetOptions options)
    {
        Options = options;
    }

    /// <summary>The network.</summary>
    public ResNetOptions Options { get; }

    /// <summary>How the paper calls it: <c>ResNet-20</c>, <c>plain-20</c>; a residual network of another shortcut than option A has it behind its name.</summary>
    public string Name => Options switch
    {
        { Residual: false } => Invariant($"plain-{Options.Depth}"),
        { Shortcut: ShortcutOption.A } => Invariant($"ResNet-{Options.Depth}"),
        _ => Invariant($"ResNet-{Options.Depth} ({Options.Shortcut})"),
    };

    /// <summary>The name as that of a folder: <c>resnet-20</c>, <c>plain-20</c>, <c>resnet-20-b</c>.</summary>
    public string FolderName => Name.ToLowerInvariant().Replace(" (", "-", StringComparison.Ordinal).Replace(")", string.Empty, StringComparison.Ordinal);

    /// <summary>The test error of the paper's Table 6, 0 to 1.</summary>
    /// <value>Null where the paper gives no number: plain networks, other shortcut options, other depths.</value>
    public double? PaperTestError => Options is { Residual: true, Shortcut: ShortcutOption.A } ? PaperErrorOf(Options.Depth) : null;

    /// <summary>Lists the networks of a study, the shallow ones first, plain before residual.</summary>
    /// <param name="depths">Depths of the form 6n+2, such as 20, 32, 44, 56 and 110.</param>
    /// <param name="plain">Whether each depth has its plain network as well, without shortcuts.</param>
    /// <param name="shortcuts">Options of the residual networks. Default: null, option A alone, as the paper used on CIFAR-10.</param>
    /// <returns>The networks, each once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A depth is not 6n+2.</exception>
    public static IReadOnlyList<CifarExperiment> Plan(IEnumerable<int> depths, bool plain, IEnumerable<ShortcutOption>? shortcuts = null)
    {
        ArgumentNullException.ThrowIfNull(depths);
        ShortcutOption[] options = [.. (shortcuts ?? [ShortcutOption.A]).Distinct().Order()];
        var experiments = new List<CifarExperiment>();
        foreach (int depth in depths.Distinct().Order())
        {
            var network = ResNetOptions.Cifar(depth);
            if (plain)
            {
                experiments.Add(new CifarExperiment(network with { Residual = false }));
            }

            experiments.AddRange(options.Select(option => new CifarExperiment(network with { Shortcut = option })));
        }

        return experiments.AsReadOnly();
    }

    private static double? PaperErrorOf(int depth) => depth switch
    {
        20 => 0.0875,
        32 => 0.0751,
        44 => 0.0717,
        56 => 0.0697,
        110 => 0.0643,
        1202 => 0.0793,
        _ => null,
    };
}

namespace ResNet;

public sealed partial record ResNetOptions
{
    private const int MostStages = 4;

    /// <summary>Lists everything that is wrong with these options.</summary>
    /// <returns>One sentence a fault, with the value found and the values allowed; empty when the network can be built.</returns>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        CheckEnum(faults, nameof(Block), Block);
        CheckEnum(faults, nameof(Stem), Stem);
        CheckEnum(faults, nameof(Shortcut), Shortcut);
        CheckEnum(faults, nameof(ZeroPadding), ZeroPadding);
        CheckEnum(faults, nameof(BottleneckStride), BottleneckStride);
        CheckEnum(faults, nameof(Initialization), Initialization);
        CheckStages(faults);
        CheckAtLeastOne(faults, nameof(BaseWidth), BaseWidth);
        CheckAtLeastOne(faults, nameof(InputChannels), InputChannels);
        CheckAtLeastOne(faults, nameof(Groups), Groups);
        CheckAtLeastOne(faults, nameof(WidthPerGroup), WidthPerGroup);
        CheckAtLeastOne(faults, nameof(ClassCount), ClassCount);
        CheckCombinations(faults);
        if (faults.Count == 0)
        {
            CheckSize(faults);
        }

        return faults;
    }

    /// <summary>Does nothing when the network can be built.</summary>
    /// <exception cref="InvalidOptionsException">It cannot; every fault is listed.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(ResNetOptions), Faults());

    private void CheckStages(List<string> faults)
    {
        if (BlocksPerStage is null || BlocksPerStage.Count is < 1 or > MostStages)
        {
            string found = BlocksPerStage is null ? "null" : $"{BlocksPerStage.Count} numbers";
            faults.Add($"{nameof(BlocksPerStage)} is {found}; it must be 1 to {MostStages} numbers.");
        }
        else if (BlocksPerStage.Any(count => count < 1))
        {
            faults.Add($"{nameof(BlocksPerStage)} is [{string.Join(", ", BlocksPerStage)}]; every number must be 1 or more.");
        }
    }

    private void CheckCombinations(List<string> faults)
    {
        if (Block == BlockKind.Basic && (Groups != 1 || WidthPerGroup != 64))
        {
            faults.Add($"{nameof(Groups)} is {Groups} and {nameof(WidthPerGroup)} is {WidthPerGroup}; basic blocks allow 1 and 64 only (use bottlenecks).");
        }

        if (Block == BlockKind.Bottleneck && Groups >= 1 && WidthPerGroup >= 1 && BaseWidth >= 1 && BottleneckWidth(BaseWidth) < Groups)
        {
            faults.Add($"{nameof(WidthPerGroup)} is {WidthPerGroup}; with {nameof(BaseWidth)} {BaseWidth} it leaves a group no channel, so it must be {Math.Ceiling(64.0 / BaseWidth)} or more.");
        }

        if (ZeroInitResidual && (!Residual || PreActivation))
        {
            string why = Residual ? "a pre-activation block ends in a convolution" : "a plain block would be zero for ever";
            faults.Add($"{nameof(ZeroInitResidual)} is true; it must be false here, since {why}.");
        }
    }

    /// <summary>Channels inside a bottleneck of the given stage width, by torchvision's rule.</summary>
    internal int BottleneckWidth(int stageWidth) => (int)(stageWidth * (WidthPerGroup / 64.0)) * Groups;

    private static void CheckAtLeastOne(List<string> faults, string name, int value)
    {
        if (value < 1)
        {
            faults.Add($"{name} is {value}; it must be 1 or more.");
        }
    }

    private static void CheckEnum<T>(List<string> faults, string name, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            faults.Add($"{name} is {value}; it must be one of {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }
}

namespace ResNet.Weights;

/// <summary>
/// <see cref="ResNetOptions"/> as files hold them (format version 1). Apart from the public type, so that renaming a property there
/// cannot make old files unreadable.
/// </summary>
internal sealed record StoredOptions
{
    public required string Block { get; init; }

    public required IReadOnlyList<int> BlocksPerStage { get; init; }

    public required string Stem { get; init; }

    public required int BaseWidth { get; init; }

    public required int InputChannels { get; init; }

    public required string Shortcut { get; init; }

    public required string ZeroPadding { get; init; }

    public required string BottleneckStride { get; init; }

    public required bool Residual { get; init; }

    public required bool PreActivation { get; init; }

    public required int Groups { get; init; }

    public required int WidthPerGroup { get; init; }

    public required int ClassCount { get; init; }

    public required bool ZeroInitResidual { get; init; }

    public required string Initialization { get; init; }

    public static StoredOptions Of(ResNetOptions options) => new()
    {
        Block = options.Block.ToString(),
        BlocksPerStage = options.BlocksPerStage,
        Stem = options.Stem.ToString(),
        BaseWidth = options.BaseWidth,
        InputChannels = options.InputChannels,
        Shortcut = options.Shortcut.ToString(),
        ZeroPadding = options.ZeroPadding.ToString(),
        BottleneckStride = options.BottleneckStride.ToString(),
        Residual = options.Residual,
        PreActivation = options.PreActivation,
        Groups = options.Groups,
        WidthPerGroup = options.WidthPerGroup,
        ClassCount = options.ClassCount,
        ZeroInitResidual = options.ZeroInitResidual,
        Initialization = options.Initialization.ToString(),
    };

    /// <exception cref="FormatException">A name is not one of its enumeration.</exception>
    /// <exception cref="InvalidOptionsException">Such a network cannot be built.</exception>
    public ResNetOptions ToOptions()
    {
        var options = new ResNetOptions
        {
            Block = StoredEnum.Parse<BlockKind>("block", Block),
            BlocksPerStage = BlocksPerStage,
            Stem = StoredEnum.Parse<StemKind>("stem", Stem),
            BaseWidth = BaseWidth,
            InputChannels = InputChannels,
            Shortcut = StoredEnum.Parse<ShortcutOption>("shortcut", Shortcut),
            ZeroPadding = StoredEnum.Parse<ZeroPadding>("zeroPadding", ZeroPadding),
            BottleneckStride = StoredEnum.Parse<StridePlacement>("bottleneckStride", BottleneckStride),
            Residual = Residual,
            PreActivation = PreActivation,
            Groups = Groups,
            WidthPerGroup = WidthPerGroup,
            ClassCount = ClassCount,
            ZeroInitResidual = ZeroInitResidual,
            Initialization = StoredEnum.Parse<Initialization>("initialization", Initialization),
        };
        options.EnsureValid();
        return options;
    }
}

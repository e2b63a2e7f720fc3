namespace ResNet.Shortcuts;

/// <summary>Options A, B and C in one place (sections 3.3 and 4.1).</summary>
public static class ShortcutFactory
{
    /// <summary>Makes the shortcut of one block.</summary>
    /// <param name="option">The paper's option.</param>
    /// <param name="inChannels">Channels of the block's input.</param>
    /// <param name="outChannels">Channels of its output.</param>
    /// <param name="stride">Stride of the block.</param>
    /// <param name="padding">Where option A puts its zero channels; default: after the existing ones.</param>
    /// <param name="normalizeProjection">Whether a projection has batch normalisation; not in pre-activation networks.</param>
    /// <returns>The shortcut, which the block then owns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such option.</exception>
    public static Shortcut Create(
        ShortcutOption option,
        int inChannels,
        int outChannels,
        int stride,
        ZeroPadding padding = ZeroPadding.After,
        bool normalizeProjection = true)
    {
        bool shapeChanges = stride != 1 || inChannels != outChannels;
        return option switch
        {
            ShortcutOption.A when shapeChanges => new ZeroPadShortcut(inChannels, outChannels, stride, padding),
            ShortcutOption.B when shapeChanges => new ProjectionShortcut(inChannels, outChannels, stride, normalizeProjection),
            ShortcutOption.C => new ProjectionShortcut(inChannels, outChannels, stride, normalizeProjection),
            ShortcutOption.A or ShortcutOption.B => new IdentityShortcut(),
            _ => throw new ArgumentOutOfRangeException(nameof(option), option, "Use A, B or C."),
        };
    }
}

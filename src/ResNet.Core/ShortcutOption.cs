namespace ResNet;

/// <summary>The shortcut connections the paper compares (sections 3.3 and 4.1).</summary>
public enum ShortcutOption
{
    /// <summary>Identity everywhere; zero channels where the width grows. No parameters.</summary>
    A,

    /// <summary>A 1×1 projection where the shape changes, identity elsewhere.</summary>
    B,

    /// <summary>A 1×1 projection in every block.</summary>
    C,
}

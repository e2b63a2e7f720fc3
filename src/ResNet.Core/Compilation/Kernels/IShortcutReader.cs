using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>The numbers of a shortcut as floats, however they are stored.</summary>
internal unsafe interface IShortcutReader
{
    /// <summary>Whether there is a shortcut at all.</summary>
    static abstract bool IsThere { get; }

    /// <summary>A vector of numbers from a place on, counted in numbers.</summary>
    static abstract Vector512<float> Load(void* map, long place);

    /// <summary>One number.</summary>
    static abstract float Read(void* map, long place);
}

using System.Runtime.InteropServices;

namespace ResNet.Training;

/// <summary>Where a picture lies in a packed cache. One that could not be read has no width; its place holds the reason as text.</summary>
/// <param name="Offset">First byte in the file.</param>
/// <param name="Hash">XXH3 of its bytes.</param>
/// <param name="Width">Width in pixels, or 0.</param>
/// <param name="Height">Height in pixels, or the text's length in bytes.</param>
/// <param name="Label">The class.</param>
/// <param name="Reserved">0.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct PackedEntry(long Offset, ulong Hash, int Width, int Height, int Label, int Reserved)
{
    public const int Size = 32;

    public bool IsFault => Width == 0;

    /// <summary>Bytes in the file; -1 where the numbers make no sense.</summary>
    public long Length
    {
        get
        {
            if (Width < 0 || Height < (IsFault ? 0 : 1) || (Width > 0 && (long)Width * Height > Array.MaxLength / 3))
            {
                return -1;
            }

            return IsFault ? Height : 3L * Width * Height;
        }
    }
}

using System.Runtime.InteropServices;

namespace ResNet.Compilation;

/// <summary>A factor and a summand for each channel.</summary>
internal sealed unsafe class ChannelScale : IDisposable
{
    public ChannelScale(float[] scale, float[] shift)
    {
        Channels = scale.Length;
        Scale = Copy(scale);
        Shift = Copy(shift);
    }

    public int Channels { get; }

    public float* Scale { get; }

    public float* Shift { get; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Scale);
        NativeMemory.AlignedFree(Shift);
    }

    private static float* Copy(float[] values)
    {
        float* copy = (float*)NativeMemory.AlignedAlloc((nuint)(values.Length * sizeof(float)), Tiles.Alignment);
        var numbers = new Span<float>(copy, values.Length);
        values.CopyTo(numbers);
        FiniteNumbers.UnifyNaNs(numbers);
        return copy;
    }
}

using System.Runtime.Intrinsics;

namespace ResNet.Training;

/// <summary>Weighted sums of two pictures in float32, clamped and rounded down to bytes.</summary>
internal static class PixelMixing
{
    /// <summary>Writes <c>own * first + other * second</c>; the target may be one of the two.</summary>
    public static void Mix(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> target, float own, float other)
    {
        int i = 0;
        for (; i <= target.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (a0, a1, a2, a3) = Widen(Vector128.Create(first.Slice(i, Vector128<byte>.Count)));
            var (b0, b1, b2, b3) = Widen(Vector128.Create(second.Slice(i, Vector128<byte>.Count)));
            Narrow((a0 * own) + (b0 * other), (a1 * own) + (b1 * other), (a2 * own) + (b2 * other), (a3 * own) + (b3 * other)).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = ToByte((own * first[i]) + (other * second[i]));
        }
    }

    public static byte ToByte(float value) => (byte)float.ConvertToIntegerNative<int>(Math.Clamp(value, 0f, 255f));

    /// <summary>Clamps, rounds down and packs.</summary>
    public static Vector128<byte> Narrow(Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth) =>
        Vector128.Narrow(
            Vector128.Narrow(ToInt(first), ToInt(second)).AsUInt16(),
            Vector128.Narrow(ToInt(third), ToInt(fourth)).AsUInt16());

    private static (Vector128<float> First, Vector128<float> Second, Vector128<float> Third, Vector128<float> Fourth) Widen(Vector128<byte> bytes)
    {
        var (lower, upper) = Vector128.Widen(bytes);
        var (first, second) = Vector128.Widen(lower);
        var (third, fourth) = Vector128.Widen(upper);
        return (
            Vector128.ConvertToSingle(first.AsInt32()),
            Vector128.ConvertToSingle(second.AsInt32()),
            Vector128.ConvertToSingle(third.AsInt32()),
            Vector128.ConvertToSingle(fourth.AsInt32()));
    }

    private static Vector128<int> ToInt(Vector128<float> value) =>
        Vector128.ConvertToInt32Native(Vector128.MinNative(Vector128.MaxNative(value, Vector128<float>.Zero), Vector128.Create(255f)));
}

using TorchSharp;

namespace ResNet.Weights;

/// <summary>Raw access to the values of a tensor.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Whether the values lie in this process's memory one after the other, so that bytes can be copied.</summary>
    public static bool IsPlain(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.is_contiguous() && !tensor.is_conj() && !tensor.is_neg();

    /// <summary>The tensor itself where it is plain; otherwise a plain copy, which belongs to the current dispose scope.</summary>
    public static Tensor Plain(Tensor tensor) => IsPlain(tensor) ? tensor : tensor.detach().cpu().contiguous().resolve_conj().resolve_neg();

    public static long ByteCount(Tensor tensor) => checked(tensor.numel() * tensor.ElementSize);

    /// <summary>Address of the first value of a plain tensor that is not empty; valid while the tensor lives.</summary>
    public static byte* Address(Tensor tensor)
    {
        // TorchSharp's span holds at most 2 GiB; one element of it is enough to learn the address.
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        fixed (byte* address = first.bytes)
        {
            return address;
        }
    }

    /// <summary>The address as a number, to compare.</summary>
    public static nint Identity(Tensor tensor) => (nint)Address(tensor);

    /// <summary>Hands out the values of a plain tensor, row-major, piece by piece.</summary>
    public static void ForEachPiece(Tensor tensor, Action<ReadOnlySpan<byte>> action)
    {
        const int PieceLength = 1 << 24;
        long count = ByteCount(tensor);
        if (count == 0)
        {
            return;
        }

        byte* address = Address(tensor);
        for (long done = 0; done < count; done += PieceLength)
        {
            action(new ReadOnlySpan<byte>(address + done, (int)Math.Min(PieceLength, count - done)));
        }

        // The values must outlive the pointer into them.
        GC.KeepAlive(tensor);
    }
}

using System.Runtime.InteropServices;

namespace ResNet.Weights;

/// <summary>The bytes of a stream outside the managed heap: files of weights exceed the 2 GiB of an array.</summary>
internal sealed unsafe class NativeBuffer : SafeBuffer
{
    private const int FirstCapacity = 1 << 20;

    private NativeBuffer(void* memory, long length)
        : base(ownsHandle: true)
    {
        SetHandle((nint)memory);
        Length = length;
        Initialize((ulong)length);
    }

    public long Length { get; }

    public static NativeBuffer ReadToEnd(Stream stream)
    {
        long capacity = stream.CanSeek ? Math.Max(1, stream.Length - stream.Position) : FirstCapacity;
        long length = 0;
        byte* memory = (byte*)NativeMemory.Alloc((nuint)capacity);
        try
        {
            while (true)
            {
                int room = (int)Math.Min(capacity - length, int.MaxValue);
                int read = room == 0 ? 0 : stream.Read(new Span<byte>(memory + length, room));
                length += read;
                if (room > 0 && read == 0)
                {
                    return new NativeBuffer(memory, length);
                }

                if (length == capacity)
                {
                    // One byte more tells the end of the stream without doubling a buffer that fits exactly.
                    int next = stream.ReadByte();
                    if (next < 0)
                    {
                        return new NativeBuffer(memory, length);
                    }

                    capacity = Math.Max(FirstCapacity, checked(capacity * 2));
                    memory = (byte*)NativeMemory.Realloc(memory, (nuint)capacity);
                    memory[length++] = (byte)next;
                }
            }
        }
        catch
        {
            NativeMemory.Free(memory);
            throw;
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}

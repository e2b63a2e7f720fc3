namespace ResNet.Imaging;

/// <summary>
/// An array that grows to what is asked for and stays. Shared pools keep their arrays by thread, and a loader's threads end with each epoch.
/// </summary>
internal struct ScratchBuffer
{
    private byte[]? _bytes;

    /// <summary>An array of at least so many bytes, of undefined content.</summary>
    public byte[] Take(long length)
    {
        if (_bytes is null || _bytes.Length < length)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(checked((int)length));
        }

        return _bytes;
    }
}

namespace ResNet.Training;

/// <summary>How far the making of a packed cache is.</summary>
/// <param name="Done">Pictures that are written, or were found unreadable.</param>
/// <param name="Count">Pictures in all.</param>
/// <param name="ByteCount">Bytes written so far.</param>
public sealed record PackedCacheProgress(int Done, int Count, long ByteCount);

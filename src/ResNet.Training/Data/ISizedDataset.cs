namespace ResNet.Training;

/// <summary>
/// A data set that can tell how large a picture is without decoding it, such as from the head of its file. It is asked where pictures might be
/// too small, before hours of work.
/// </summary>
public interface ISizedDataset : IImageDataset
{
    /// <summary>The size that a picture has when it is read. May be called from many threads at once.</summary>
    /// <param name="index">0 to <see cref="IImageDataset.Count"/> - 1.</param>
    /// <returns>The size; null where it cannot be told, as of a picture that cannot be read.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    PictureSize? SizeOf(int index);
}

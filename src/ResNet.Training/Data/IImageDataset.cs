using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Pictures with class labels, reachable by index.</summary>
/// <remarks>
/// Every member may be called from many threads at once, and the same index always means the same picture. A picture that was read may be
/// shared with others (see <see cref="CachedDataset"/>): nobody writes into its pixels.
/// </remarks>
public interface IImageDataset
{
    /// <summary>How many pictures there are; indices go from 0 to one less.</summary>
    int Count { get; }

    /// <summary>The names of the classes, in the order of the labels.</summary>
    ClassLabels Labels { get; }

    /// <summary>The class of a picture, without reading the picture.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>An index into <see cref="Labels"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    int LabelOf(int index);

    /// <summary>What messages and reports call a picture: its path, where it has one.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>A name that is unique in the data set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    string NameOf(int index);

    /// <summary>Reads a picture.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>The picture and its class.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    /// <exception cref="ImageFormatException">The picture is there no longer, cannot be read, or is damaged.</exception>
    ImageSample Read(int index);

    /// <summary>Reads a picture into memory that is used again and again.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <param name="canvas">Receives the picture.</param>
    /// <returns>Its class.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    /// <exception cref="ImageFormatException">The picture is there no longer, cannot be read, or is damaged.</exception>
    int Read(int index, ImageCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        var sample = Read(index);
        canvas.Load(sample.Image);
        return sample.Label;
    }
}

using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Changes a picture at random, so that a network never sees quite the same one twice.</summary>
/// <remarks>
/// All chance comes from the generator that is passed in: the same picture and the same generator state give the same bytes, on any thread.
/// A transform holds no state, so that many threads may use one.
/// </remarks>
public interface ITransform
{
    /// <summary>Changes the picture on the canvas.</summary>
    /// <param name="canvas">The picture. Moves (<see cref="ImageCanvas.Crop"/>, <see cref="ImageCanvas.Mirror"/>,
    /// <see cref="ImageCanvas.Resize"/>) cost nothing here; colours are changed in what <see cref="ImageCanvas.Edit"/> gives.</param>
    /// <param name="random">Where chance comes from; derived from seed, epoch and index by <see cref="SampleRandom.For"/>.</param>
    void Apply(ImageCanvas canvas, Random random);
}

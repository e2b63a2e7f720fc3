using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Changes a picture at random, so that a network never sees quite the same one twice.</summary>
/// <remarks>
/// All chance comes from the generator that is passed in: the same picture and the same generator state give the same bytes, on any thread.
/// A transform holds no state, so that many threads may use one.
/// </remarks>
public interface ITransform
{
    /// <summary>Makes the changed picture.</summary>
    /// <param name="image">The picture. It is not written to.</param>
    /// <param name="random">Where chance comes from; derived from seed, epoch and index by <see cref="SampleRandom.For"/>.</param>
    /// <returns>A new picture, or <paramref name="image"/> itself where nothing changes.</returns>
    RgbImage Apply(RgbImage image, Random random);
}

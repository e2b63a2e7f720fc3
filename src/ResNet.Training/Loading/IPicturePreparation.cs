using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>What workers make of each picture that they read.</summary>
internal interface IPicturePreparation
{
    /// <summary>Reads one picture and makes its views. Called by many threads at once, each with a bench of its own.</summary>
    /// <param name="index">The picture, in its data set.</param>
    /// <param name="position">Its place in the order of the pass.</param>
    /// <param name="bench">Memory of the thread.</param>
    /// <param name="views">Receive what shall go into a batch. They may share memory with one another, but not with the bench.</param>
    /// <returns>The picture's class.</returns>
    int Prepare(int index, int position, WorkBench bench, ReadOnlySpan<ImageCanvas> views);
}

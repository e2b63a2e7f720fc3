using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A training batch's pictures: one view each, preprocessed and augmented.</summary>
internal sealed class LoaderPreparation(IImageDataset dataset, LoaderOptions options, int epoch) : IPicturePreparation
{
    public int Prepare(int index, int position, WorkBench bench, ReadOnlySpan<ImageCanvas> views)
    {
        int label = dataset.Read(index, bench.Canvas);
        options.Preprocessing?.Apply(bench.Canvas);
        if (options.Augmentation is { } augmentation)
        {
            Restart(bench.Random, position, index);
            augmentation.Apply(bench.Canvas, bench.Random);
        }

        bench.Canvas.HandTo(views[0]);
        return label;
    }

    /// <summary>A picture that is drawn several times in an epoch must not be changed alike each time, so its place in the epoch counts then.</summary>
    private void Restart(SampleRandom random, int position, int index)
    {
        if (options.Weighting is null)
        {
            random.Restart(options.Seed, epoch, index);
        }
        else
        {
            random.Restart(unchecked(options.Seed ^ (int)0x9E3779B9), epoch, position);
        }
    }
}

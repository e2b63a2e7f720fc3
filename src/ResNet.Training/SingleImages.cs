using ResNet.Layers;

namespace ResNet.Training;

/// <summary>Refuses runs in which batch normalisation would see one value a channel all the time, before anything is written.</summary>
internal static class SingleImages
{
    public const string WhatToDo = "Give batch normalisation 2 or more images at once (BatchSize, MicroBatchSize), larger images, or take a network for small ones (ResNetOptions.Cifar).";

    /// <summary>Looks at a first image where every part of a batch is a single one.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">How it is to be trained.</param>
    /// <param name="train">The images to learn from, one or more.</param>
    /// <param name="loading">How they are loaded.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="InvalidOptionsException">The network cannot be trained so.</exception>
    public static void EnsureNone(ResNetOptions network, TrainingOptions options, IImageDataset train, LoaderOptions loading, CancellationToken cancellationToken)
    {
        if (Math.Min(options.MicroBatchSize ?? options.BatchSize, train.Count) > 1 || IsFrozenThroughout(options, loading, train))
        {
            return;
        }

        var loader = new BatchLoader(train, loading with { BatchSize = 1, WorkerCount = 1, DropLast = false, Mixing = null });
        using var first = loader.Epoch(0, cancellationToken).First();
        long height = first.Images.shape[2], width = first.Images.shape[3];
        if (Normalizations.SeesOneValue(network, 1, height, width))
        {
            string cause = train.Count == 1 ? "there is 1 image to train on" : $"{(options.MicroBatchSize is null ? nameof(options.BatchSize) : nameof(options.MicroBatchSize))} is 1";
            throw new InvalidOptionsException(nameof(TrainingOptions), [Invariant(
                $"Expected more than 1 value per channel when training: {cause}, and of one image of {width}x{height} the last feature map of this network is 1x1. {WhatToDo}")]);
        }
    }

    /// <summary>Batch normalisation of a frozen backbone learns nothing, so one image is enough for it.</summary>
    private static bool IsFrozenThroughout(TrainingOptions options, LoaderOptions loading, IImageDataset train)
    {
        var loader = new BatchLoader(train, loading);
        return (long)options.FreezeBackboneEpochs * loader.BatchCount >= options.IterationsOf(loader);
    }
}

using ResNet.Imaging;

namespace ResNet.Training;

/// <content>The recipe for networks that begin with weights of another task.</content>
public sealed partial record TrainingOptions
{
    /// <summary>
    /// For a network with ImageNet weights and a new classifier (<see cref="ResNetModel.ReplaceClassifier"/>): five epochs in which the classifier
    /// alone learns and batch normalisation keeps its statistics, then fifteen of the whole network, whose backbone learns at a tenth of the
    /// classifier's rate; the rate falls along a cosine. Weights that were trained with other preprocessing want <see cref="FineTuneFor"/>.
    /// </summary>
    public static TrainingOptions FineTune { get; } = FineTuneFor(Preprocessing.ImageNet);

    /// <summary><see cref="FineTune"/> for weights of a given preprocessing, so that the network sees pictures as it knows them.</summary>
    /// <param name="preprocessing">That of the weights; pictures larger than its crop are made as small where it says no size.</param>
    /// <returns>The recipe.</returns>
    public static TrainingOptions FineTuneFor(Preprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        return new TrainingOptions
        {
            Epochs = 20,
            BatchSize = 32,
            LearningRate = 0.01,
            FreezeBackboneEpochs = 5,
            BackboneRateFactor = 0.1,
            Schedule = new CosineSchedule(),
            Preprocessing = preprocessing with { ResizeShorterSide = preprocessing.ResizeShorterSide ?? preprocessing.CropSize },

            // Half of the picture at least: few photos of a new task are better not cut down to a twelfth.
            Augmentation = new TransformChain(new RandomResizedCrop { Size = preprocessing.CropSize, Scale = (0.5, 1) }, new HorizontalFlip()),
            AugmentWholePicture = true,
        };
    }
}

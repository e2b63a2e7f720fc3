using ResNet.Imaging;

namespace ResNet.Training;

/// <content>Recipes for networks that begin with fresh weights; <c>docs/training.md</c> compares them.</content>
public sealed partial record TrainingOptions
{
    /// <summary>
    /// Section 3.4: up to 600,000 iterations of 256 pictures, rate 0.1 divided by 10 when the validation error plateaus, scale and colour
    /// augmentation, Caffe's momentum, and statistics of batch normalisation recomputed at the end. Batch normalisation sees 32 pictures, as on
    /// each of the authors' GPUs. Colours are normalised per channel; for the paper's mean at each pixel give
    /// <see cref="Preprocessing.PaperImageNet"/>.
    /// </summary>
    public static TrainingOptions PaperImageNet { get; } = new()
    {
        Iterations = 600_000,
        BatchSize = 256,
        MicroBatchSize = 32,
        MomentumForm = MomentumForm.Caffe,
        Schedule = new PlateauSchedule(),
        Preprocessing = Preprocessing.ImageNet,
        Augmentation = TransformChain.PaperImageNet,
        AugmentWholePicture = true,
        RecomputeBatchNormPictures = 50_000,
    };

    /// <summary>
    /// Section 4.2: 64,000 iterations of 128 pictures, rate 0.1 divided by 10 at 32k and 48k, 4 pixels of padding, random crop
    /// and flip, Caffe's momentum. Networks of 110 layers and more want <see cref="PaperCifar10For"/>. Colours are normalised per channel; for
    /// the paper's mean at each pixel give <see cref="Preprocessing.PaperCifar10"/>.
    /// </summary>
    public static TrainingOptions PaperCifar10 { get; } = new()
    {
        Iterations = 64_000,
        MomentumForm = MomentumForm.Caffe,
        Preprocessing = Preprocessing.Cifar10,
        Augmentation = TransformChain.Cifar10,
    };

    /// <summary>
    /// How torchvision trained its second ImageNet weights (V2, 80.9 % instead of 76.1 % for ResNet-50): 600 epochs of 1024 pictures, rate 0.5
    /// along a cosine after five epochs of warm-up, label smoothing, mixup and CutMix, TrivialAugment, random erasing, crops of 176, no weight
    /// decay on batch normalisation, and a moving average of the weights. Batch normalisation sees 128 pictures, as on each of eight GPUs.
    /// </summary>
    public static TrainingOptions Modern { get; } = new()
    {
        Epochs = 600,
        BatchSize = 1024,
        MicroBatchSize = 128,
        LearningRate = 0.5,
        WeightDecay = 2e-5,
        WeightDecayTarget = WeightDecayTarget.WeightsOnly,
        Schedule = new WarmupSchedule { Inner = new CosineSchedule(), Length = 5, StartFactor = 0.01 },
        LabelSmoothing = 0.1,
        Mixing = new BatchMixing { MixupAlpha = 0.2, CutMixAlpha = 1 },
        Preprocessing = Preprocessing.ImageNetV2,
        Augmentation = TransformChain.Modern,
        AugmentWholePicture = true,

        // Published as 0.99998 every 32 iterations, which its code then scales by batch and length: 1 - 2e-5 * 1024 * 32 / 600.
        WeightAverage = new WeightAverage { Decay = 0.9989, EveryIterations = 32 },
    };

    // The moving averages of batch normalisation lag behind weights that still move, and what they miss is most of the error of a short run. A sample of
    // twenty batches is about what they look back on, without the lag. A warm-up that rises more steeply than in 50 iterations costs accuracy in short runs;
    // docs/training.md has the figures.
    private const int SampleBatches = 20;
    private const int ShortWarmup = 50;

    /// <summary>For <see cref="SyntheticShapes"/>, the built-in pictures: four short epochs, learnt in about a minute, and the statistics of batch normalisation
    /// recomputed at the end.</summary>
    public static TrainingOptions Shapes { get; } = new()
    {
        Epochs = 4,
        BatchSize = 64,
        Schedule = new StepSchedule { WarmupIterations = ShortWarmup },
        Preprocessing = Preprocessing.Cifar10,
        Augmentation = new TransformChain(new PadAndCrop { Padding = 2 }, new HorizontalFlip()),
        RecomputeBatchNormPictures = SampleBatches * 64,
    };

    /// <summary>
    /// For folders of small pictures and the CIFAR networks: pictures of 32×32, larger ones made so small, 30 epochs with a short warm-up,
    /// most of the run at the full rate, and the statistics of batch normalisation recomputed at the end, so that runs of a few epochs learn something too.
    /// </summary>
    public static TrainingOptions SmallPictures { get; } = new()
    {
        Epochs = 30,
        Schedule = new StepSchedule { WarmupIterations = ShortWarmup, Milestones = [0.7, 0.9] },
        Preprocessing = Preprocessing.Cifar10,
        Augmentation = TransformChain.Cifar10,
        RecomputeBatchNormPictures = SampleBatches * 128,
    };

    /// <summary>
    /// For folders of photos and the ImageNet networks: random resized crops of 224×224 and their mirror images, 90 epochs of 32 pictures after a
    /// short warm-up, and the statistics of batch normalisation recomputed at the end. With weights to begin from, <see cref="FineTune"/> needs far fewer.
    /// A network of few classes should be drawn as <see cref="Initialization.Torchvision"/>: the paper's classifier begins with scores far too large.
    /// </summary>
    public static TrainingOptions Photos { get; } = new()
    {
        Epochs = 90,
        BatchSize = 32,
        LearningRate = 0.0125,
        Schedule = new StepSchedule { WarmupIterations = ShortWarmup, Milestones = [1.0 / 3, 2.0 / 3] },
        Preprocessing = Preprocessing.ImageNet,
        Augmentation = TransformChain.ImageNet,
        AugmentWholePicture = true,
        RecomputeBatchNormPictures = SampleBatches * 32,
    };

    /// <summary>
    /// <see cref="PaperCifar10"/> for a network of a depth: from 110 layers on the rate is 0.01 until the training error is below 80 %, as in
    /// section 4.2.
    /// </summary>
    /// <param name="depth">Layers of the network, such as 20 or 110.</param>
    /// <returns>The recipe.</returns>
    public static TrainingOptions PaperCifar10For(int depth) => depth < 110
        ? PaperCifar10
        : PaperCifar10 with { Schedule = new WarmupSchedule { Inner = PaperCifar10.Schedule, UntilTrainError = 0.8, StartFactor = 0.1 } };
}

namespace ResNet.Training;

/// <content>The step: stochastic gradient descent and what keeps it in bounds.</content>
public sealed partial record TrainingOptions
{
    /// <summary>
    /// Pictures that go through the network at once; the gradients of the parts of a mini-batch are added up before the step, so that a batch of
    /// 256 fits into any memory. Batch normalisation sees the part, as it did on the authors' eight GPUs with 32 pictures each.
    /// </summary>
    /// <value>1 or more. Default: null, the whole mini-batch.</value>
    public int? MicroBatchSize { get; init; }

    /// <summary>The learning rate before the schedule's factor.</summary>
    /// <value>Above 0. Default: 0.1.</value>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Momentum: what is kept of the last step's direction.</summary>
    /// <value>0 to 1, 1 excluded. Default: 0.9.</value>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Where the learning rate enters the momentum.</summary>
    /// <value>Default: as PyTorch does it.</value>
    public MomentumForm MomentumForm { get; init; } = MomentumForm.PyTorch;

    /// <summary>Whether the gradient is taken where the momentum leads to (Nesterov), as fb.resnet.torch did; the paper did not.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Nesterov { get; init; }

    /// <summary>Weight decay.</summary>
    /// <value>0 or more. Default: 1e-4.</value>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>What weight decay applies to.</summary>
    /// <value>Default: every parameter, as in the paper.</value>
    public WeightDecayTarget WeightDecayTarget { get; init; } = WeightDecayTarget.AllParameters;

    /// <summary>Longest allowed gradient, as the Euclidean norm over all parameters; a longer one is shortened to it.</summary>
    /// <value>Above 0. Default: null, never.</value>
    public double? GradientClipNorm { get; init; }

    /// <summary>A training loss above which the run is given up as diverged, in nats.</summary>
    /// <value>Above 0. Default: 1000, far above what an untrained network has.</value>
    public double LossLimit { get; init; } = 1000;

    /// <summary>Averages the weights over the run.</summary>
    /// <value>Default: null, no average.</value>
    public WeightAverage? WeightAverage { get; init; }

    /// <summary>Share of the target that is spread over all classes (Szegedy et al. 2016).</summary>
    /// <value>0 to 1, 1 excluded. Default: 0; the Modern recipe has 0.1.</value>
    public double LabelSmoothing { get; init; }

    /// <summary>Weight of each class in the loss, in the order of the labels.</summary>
    /// <value>One number of 0 or more for each class. Default: null, all count alike.</value>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>Epochs at the start in which only the classifier learns; the rest of the network is frozen, its batch normalisation too.</summary>
    /// <value>0 or more. Default: 0.</value>
    public int FreezeBackboneEpochs { get; init; }

    /// <summary>What the learning rate of everything but the classifier is multiplied by.</summary>
    /// <value>0 or more, at most 1. Default: 1.</value>
    public double BackboneRateFactor { get; init; } = 1;

    /// <summary>How the arithmetic is done. The choice is part of the run: going on after a stop keeps it.</summary>
    /// <value>Default: <see cref="Precision.Auto"/>, the first of the fast ways that a short check at the start finds right on this machine.</value>
    public Precision Precision { get; init; } = Precision.Auto;
}

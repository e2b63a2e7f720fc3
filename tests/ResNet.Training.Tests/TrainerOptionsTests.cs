namespace ResNet.Training.Tests;

/// <summary>What the options of a run do to it.</summary>
public sealed class TrainerOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(96);
    private readonly SyntheticShapes _validation = TinyNetwork.Shapes(24, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_frozen_backbone_stays_as_it_is_to_the_last_bit_and_the_classifier_learns()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var before = Copies(model);

        new Trainer(model, TinyNetwork.Options with { Iterations = null, Epochs = 2, FreezeBackboneEpochs = 2 }).Fit(_train, null);

        foreach (var (name, tensor) in model.state_dict())
        {
            tensor.bytes.SequenceEqual(before[name]).Should().Be(!name.StartsWith("fc.", StringComparison.Ordinal), name);
        }

        model.parameters().Count(parameter => !parameter.requires_grad).Should().Be(0);
    }

    [Fact]
    public void After_the_frozen_epochs_everything_learns()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var before = Copies(model);

        new Trainer(model, TinyNetwork.Options with { Iterations = null, Epochs = 2, FreezeBackboneEpochs = 1 }).Fit(_train, null);

        model.named_parameters().Count(pair => pair.parameter.bytes.SequenceEqual(before[pair.name])).Should().Be(0);
    }

    [Fact]
    public void Layers_that_somebody_froze_are_left_alone()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var conv = model.named_parameters().Single(pair => pair.name == "conv1.weight").parameter;
        conv.requires_grad = false;
        byte[] before = conv.bytes.ToArray();

        new Trainer(model, TinyNetwork.Options).Fit(_train, null);

        conv.bytes.ToArray().Should().Equal(before, "neither decay nor momentum may move it");
        conv.requires_grad.Should().BeFalse();
    }

    [Fact]
    public void Early_stopping_ends_a_run_that_does_not_get_better()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var options = TinyNetwork.Options with
        {
            Iterations = null,
            Epochs = 50,
            LearningRate = 1e-12,
            EarlyStopping = new EarlyStopping { PatienceEpochs = 2, MinImprovement = 0.5 },
            OutputDirectory = _folder.Root,
        };

        var result = new Trainer(model, options).Fit(_train, _validation);

        result.Epochs.Should().Be(3);
        File.ReadAllText(_folder.PathTo("report.md")).Should().Contain("Stopped early at iteration 18 of 300");
    }

    [Fact]
    public void The_average_of_the_weights_is_what_is_saved_and_what_the_model_ends_as()
    {
        using var plain = TinyNetwork.Build(_train.Labels.Count);
        using var averaged = TinyNetwork.Build(_train.Labels.Count);
        var options = TinyNetwork.Options with { Iterations = 12 };
        new Trainer(plain, options).Fit(_train, _validation);

        var result = new Trainer(averaged, options with { WeightAverage = new WeightAverage { Decay = 0.9 }, OutputDirectory = _folder.Root }).Fit(_train, _validation);

        TinyNetwork.Bytes(averaged).Should().NotEqual(TinyNetwork.Bytes(plain));
        using var last = Weights.ModelFile.Load(_folder.PathTo("last.safetensors"), out _);
        TinyNetwork.Bytes(last).Should().Equal(TinyNetwork.Bytes(averaged));
        TinyNetwork.Error(averaged, _validation).Should().Be(result.ValidationTop1Error);
    }

    [Fact]
    public void Statistics_are_recomputed_for_the_last_and_the_best_weights()
    {
        using var plain = TinyNetwork.Build(_train.Labels.Count);
        using var recomputed = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(plain, TinyNetwork.Options).Fit(_train, null);

        new Trainer(recomputed, TinyNetwork.Options with { RecomputeBatchNormPictures = 64, OutputDirectory = _folder.Root }).Fit(_train, null);

        var before = Copies(plain);
        foreach (var (name, tensor) in recomputed.state_dict())
        {
            tensor.bytes.SequenceEqual(before[name]).Should().Be(!name.Contains("running_", StringComparison.Ordinal), name);
        }

        using var best = Weights.ModelFile.Load(_folder.PathTo("best.safetensors"), out _);
        TinyNetwork.Bytes(best).Should().Equal(TinyNetwork.Bytes(recomputed));
    }

    [Fact]
    public void Class_weights_must_be_one_for_each_class()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);

        new Trainer(model, TinyNetwork.Options with { ClassWeights = [1, 2] }).Invoking(trainer => trainer.Fit(_train, null)).Should().Throw<ArgumentException>()
            .WithMessage("There are 2 class weights for 12 classes; give one for each.*");
    }

    [Fact]
    public void An_empty_validation_set_is_refused_before_any_work()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);

        new Trainer(model, TinyNetwork.Options).Invoking(trainer => trainer.Fit(_train, new Subset(_validation, []))).Should().Throw<DatasetException>()
            .WithMessage("The validation set holds no pictures.*");
    }

    private static Dictionary<string, byte[]> Copies(ResNetModel model) => model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.bytes.ToArray());
}

using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

/// <summary>Networks beside which a training program has put tensors of its own.</summary>
public sealed class CheckpointNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ResNetModel _source = ResNetModel.CifarResNet(8);
    private readonly ResNetModel _target = ResNetModel.CifarResNet(8);

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("module.", "n_averaged", "It lies beside the network, whose names begin with 'module.' in the file.")]
    [InlineData("model.", "criterion.weight", "It lies beside the network, whose names begin with 'model.' in the file.")]
    [InlineData("student.net.", "projector.0.weight", "It lies beside the network, whose names begin with 'student.net.' in the file.")]
    [InlineData("", "criterion.weight", "It belongs to the training, not to the network.")]
    [InlineData("", "train_acc.total", "It belongs to the training, not to the network.")]
    [InlineData("", "n_averaged", "It belongs to the training, not to the network.")]
    public void A_whole_network_loads_whatever_lies_beside_it(string prefix, string beside, string reason)
    {
        string path = Save((prefix, _source), beside);

        var report = _target.LoadWeights(path);

        report.Skipped.Should().ContainSingle(skipped => !skipped.Name.EndsWith("num_batches_tracked")).Which.Should().Be(new SkippedWeight(beside, reason));
        report.Unexpected.Should().BeEmpty();
        ShouldBeEqual();
    }

    [Fact]
    public void What_is_under_the_networks_prefix_and_no_part_of_it_is_an_error()
    {
        string path = Save(("model.", _source), "criterion.weight", "model.layer4.0.conv1.weight");

        _target.Invoking(model => model.LoadWeights(path)).Should().Throw<WeightsMismatchException>().Which.Unexpected.Should().Equal("layer4.0.conv1.weight");
    }

    [Fact]
    public void A_bare_network_with_something_unknown_beside_it_is_an_error()
    {
        string path = Save((string.Empty, _source), "projector.weight");

        _target.Invoking(model => model.LoadWeights(path)).Should().Throw<WeightsMismatchException>().Which.Unexpected.Should().Equal("projector.weight");
    }

    [Fact]
    public void Beside_a_network_that_is_not_whole_everything_is_listed()
    {
        using var deeper = ResNetModel.CifarResNet(14);
        string path = Save(("model.", _source), "criterion.weight");

        deeper.Invoking(model => model.LoadWeights(path)).Should().Throw<WeightsMismatchException>().Which.Unexpected.Should().Contain("criterion.weight");
    }

    [Fact]
    public void Other_classes_are_the_only_difference_where_a_loss_has_weights()
    {
        using var other = new ResNetModel(ResNetOptions.Cifar(8) with { ClassCount = 5 });
        string path = Save(("model.", _source), "criterion.weight");

        var thrown = other.Invoking(model => model.LoadWeights(path)).Should().Throw<WeightsMismatchException>().Which;

        thrown.Differences.Should().HaveCount(2);
        thrown.Unexpected.Should().BeEmpty();
        other.LoadWeights(path, new WeightsLoadOptions { SkipClassifier = true }).Loaded.Should().Contain("layer1.0.conv1.weight");
    }

    [Fact]
    public void Of_two_whole_networks_none_is_guessed()
    {
        string path = _folder.PathTo("two.safetensors");
        SafeTensorsWriter.Write(path, Named("model.", _source).Concat(Named("model_ema.module.", _target)));

        _target.Invoking(model => model.LoadWeights(path)).Should().Throw<WeightsMismatchException>()
            .Which.Differences.Should().Equal("The network is in the file 2 times, under 'model.' and 'model_ema.module.'; say which by Prefix.");
        _target.LoadWeights(path, new WeightsLoadOptions { Prefix = "model." });

        ShouldBeEqual();
    }

    [Fact]
    public void A_classifier_of_fastais_own_is_left_out_with_the_classifier()
    {
        using var head = torch.ones(3, 3);
        string path = _folder.PathTo("fastai.safetensors");
        var body = _source.state_dict().Where(pair => !pair.Key.StartsWith("fc", StringComparison.Ordinal)).Select(pair => new KeyValuePair<string, Tensor>(Fastai(pair.Key), pair.Value));
        SafeTensorsWriter.Write(path, body.Append(new("1.8.weight", head)));

        var report = _target.LoadWeights(path, new WeightsLoadOptions { SkipClassifier = true });

        report.Loaded.Should().HaveCount(42);
        _target.Invoking(model => model.LoadWeights(path)).Should().Throw<WeightsMismatchException>().Which.Missing.Should().BeEquivalentTo("fc.weight", "fc.bias");
    }

    private static string Fastai(string name) => name switch
    {
        _ when name.StartsWith("conv1.", StringComparison.Ordinal) => $"0.0.{name["conv1.".Length..]}",
        _ when name.StartsWith("bn1.", StringComparison.Ordinal) => $"0.1.{name["bn1.".Length..]}",
        _ => $"0.{name["layer".Length] - '0' + 3}.{name["layer1.".Length..]}",
    };

    private static IEnumerable<KeyValuePair<string, Tensor>> Named(string prefix, ResNetModel model) =>
        model.state_dict().Select(pair => new KeyValuePair<string, Tensor>(prefix + pair.Key, pair.Value));

    private string Save((string Prefix, ResNetModel Model) network, params string[] beside)
    {
        using var one = torch.ones(3);
        string path = _folder.PathTo($"{Guid.NewGuid():N}.safetensors");
        SafeTensorsWriter.Write(path, Named(network.Prefix, network.Model).Concat(beside.Select(name => new KeyValuePair<string, Tensor>(name, one))));
        return path;
    }

    private void ShouldBeEqual()
    {
        var expected = _source.state_dict();
        foreach (var (name, tensor) in _target.state_dict())
        {
            tensor.Should().HaveEqualValues(expected[name], name);
        }
    }
}

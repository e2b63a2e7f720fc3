using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

public class WeightsRoundTripTests
{
    [Theory]
    [InlineData("resnet20-cifar-a")]
    [InlineData("resnet18")]
    public void Saved_and_loaded_weights_are_bit_equal(string network)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("model.safetensors");
        using var saved = new ResNetModel(OracleNetworks.Options(network, 10));
        FillRule.Fill(saved, 0.5);
        foreach (var (name, tensor) in saved.state_dict().Where(entry => entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)))
        {
            tensor.fill_(9_000_000_000L + name.Length);
        }

        saved.SaveWeights(path);
        using var loaded = ModelFile.Load(path, out var description);

        description.Should().Be(new ModelDescription { Options = saved.Options });
        loaded.training.Should().BeFalse();
        var expected = saved.state_dict();
        var actual = loaded.state_dict();
        actual.Keys.Should().Equal(expected.Keys);
        foreach (var (name, tensor) in expected)
        {
            actual[name].Should().HaveEqualValues(tensor, name);
        }
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFile.Load(Version1FileTests.Path, out var description);
        model.SaveWeights(folder.PathTo("new", "again.safetensors"), description);
        File.ReadAllBytes(folder.PathTo("new", "again.safetensors")).Should().Equal(File.ReadAllBytes(Version1FileTests.Path));
    }

    [Fact]
    public void Other_extensions_are_refused()
    {
        using var model = ResNetModel.CifarResNet(8);
        model.Invoking(m => m.SaveWeights("model.bin")).Should().Throw<ArgumentException>()
            .WithMessage("model.bin has the extension '.bin'; weights are written as .safetensors, .pth or .pt. Change the name.*");
    }

    [Fact]
    public void A_description_of_another_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("model.safetensors");
        using var model = ResNetModel.CifarResNet(8);
        var ten = new ModelDescription { Options = model.Options, Labels = new ClassLabels(["one"]) };
        model.Invoking(m => m.SaveWeights(path, ten)).Should().Throw<ArgumentException>()
            .WithMessage("There are 1 labels for 10 classes; give one label for each class.*");
        model.ReplaceClassifier(3);
        model.Invoking(m => m.SaveWeights(path, ten)).Should().Throw<ArgumentException>()
            .WithMessage("The description's options are not the model's; describe the model with Options = model.Options.*");
        File.Exists(path).Should().BeFalse();
    }

    [Fact]
    public void A_disposed_model_is_not_saved()
    {
        using var folder = new TemporaryFolder();
        var model = ResNetModel.CifarResNet(8);
        model.Dispose();
        model.Invoking(m => m.SaveWeights(folder.PathTo("model.safetensors"))).Should().Throw<InvalidOperationException>().WithMessage("*is disposed*");
        Directory.GetFileSystemEntries(folder.Root).Should().BeEmpty();
    }
}

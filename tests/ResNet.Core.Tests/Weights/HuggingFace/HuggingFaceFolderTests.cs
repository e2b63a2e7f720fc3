using System.Text.Json.Nodes;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights.HuggingFace;

public sealed class HuggingFaceFolderTests : IDisposable
{
    private readonly TimmFolder _folder = new();

    public HuggingFaceFolderTests()
    {
        torch.random.manual_seed(3);
        using var model = new ResNetModel(ResNetOptions.ResNet18 with { ClassCount = 3 });
        using var state = torch.NewDisposeScope();
        SafeTensorsWriter.Write(_folder.WeightsPath, model.state_dict());
        var config = TimmFolder.Config("resnet18.a1_in1k", classes: 3);
        config["label_names"] = new JsonArray("cat", "dog", "frog");
        _folder.With(config);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_opens_as_it_is()
    {
        using var model = ModelFile.Load(_folder.Root, out var description);
        using var saved = StateDictFile.Open(_folder.WeightsPath);

        description.Labels.Should().Equal("cat", "dog", "frog");
        model.Options.Should().Be(ResNetOptions.ResNet18 with { ClassCount = 3 });
        model.state_dict()["fc.bias"].data<float>().Should().Equal(saved.Read("fc.bias").data<float>());
    }

    [Fact]
    public void A_folder_describes_itself()
    {
        ModelFile.TryReadDescription(_folder.Root, out var description).Should().BeTrue();
        description.Should().Be(ModelFile.ReadDescription(_folder.Root));
        description!.Preprocessing!.Filter.Should().Be(ResizeFilter.Bicubic);
    }

    [Fact]
    public void A_classifier_is_made_of_a_folder()
    {
        using var classifier = ImageClassifier.FromFile(_folder.Root);
        classifier.Classify(new RgbImage(50, 40, new byte[6000]), top: 1)[0].Label.Should().BeOneOf("cat", "dog", "frog");
    }

    [Fact]
    public void Options_of_the_callers_own_are_taken_with_the_folders_weights()
    {
        using var model = ModelFile.Load(_folder.Root, ResNetOptions.ResNet18 with { ClassCount = 3, Initialization = Initialization.Torchvision });
        model.Options.Initialization.Should().Be(Initialization.Torchvision);
    }

    [Fact]
    public void Weights_of_a_folder_are_loaded_into_a_model_that_is_there()
    {
        using var model = new ResNetModel(ResNetOptions.ResNet18 with { ClassCount = 3 });
        model.LoadWeights(_folder.Root).Missing.Should().BeEmpty();
    }

    [Fact]
    public void A_configuration_that_promises_another_network_is_refused_before_it_is_built()
    {
        _folder.With(TimmFolder.Config("resnext101_32x32d", classes: 1_000_000));
        FluentActions.Invoking(() => ModelFile.Load(_folder.Root, out _)).Should().Throw<WeightsFormatException>()
            .WithMessage($"{_folder.WeightsPath}: its description does not fit its tensors: *");
    }

    [Fact]
    public void A_folder_without_weights_says_what_is_missing()
    {
        File.Delete(_folder.WeightsPath);
        FluentActions.Invoking(() => ModelFile.ReadDescription(_folder.Root)).Should().Throw<FileNotFoundException>()
            .WithMessage($"{_folder.Root} has a config.json, but none of model.safetensors, model.safetensors.index.json, pytorch_model.bin; fetch the weights as well.");
    }

    [Fact]
    public void A_folder_without_a_configuration_is_no_file()
    {
        File.Delete(Path.Combine(_folder.Root, "config.json"));
        FluentActions.Invoking(() => ModelFile.ReadDescription(_folder.Root)).Should().Throw<FileNotFoundException>().WithMessage($"{_folder.Root} is a folder, not *");
    }
}

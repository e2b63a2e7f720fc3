using ResNet.Imaging;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public sealed class ModelDescriptionTests : IDisposable
{
    private const string Advice = "Save the file again, or build the model from options and load the weights alone.";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Networks { get; } = new(
    [
        "resnet18", "resnet34-a", "resnet34-c", "resnet50", "resnet50-v1", "resnet20-cifar-a", "resnet20-cifar-b",
        "resnet18-preact", "resnet50-preact", "resnet20-cifar-a-preact",
    ]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Networks))]
    public void Options_go_through_metadata_unchanged(string name)
    {
        var options = OracleNetworks.Options(name, 7) with { Initialization = Initialization.Torchvision, InputChannels = 4 };
        var metadata = DescriptionMetadata.ToMetadata(new ModelDescription { Options = options, Preprocessing = Preprocessing.ImageNetV2 });
        var tensors = DescribedNetwork.LargeTensors(options).Select(t => new KeyValuePair<string, Tensor>(t.Name, torch.zeros(t.Shape, torch.ScalarType.Byte)));
        using var scope = torch.NewDisposeScope();
        string path = _folder.PathTo("model.safetensors");
        SafeTensorsWriter.Write(path, tensors, metadata);

        var read = ModelFile.ReadDescription(path);

        read.Should().Be(new ModelDescription { Options = options, Preprocessing = Preprocessing.ImageNetV2 });
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Names_and_shapes_by_which_a_description_is_bounded_are_the_models(string name)
    {
        var options = OracleNetworks.Options(name, 7);
        ShouldBeTheModels(options);
        if (options.Block == BlockKind.Bottleneck)
        {
            ShouldBeTheModels(options with { BaseWidth = 16, Groups = 4, WidthPerGroup = 40, InputChannels = 1 });
        }
    }

    [Fact]
    public void A_file_without_a_description_says_what_to_do()
    {
        string path = WithMetadata([]);
        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>().WithMessage(
            $"{path}: the file does not say its architecture. Build the model from ResNetOptions and call LoadWeights; on the command line, pass --arch.");
        FluentActions.Invoking(() => ModelFile.Load(path, out _)).Should().Throw<WeightsFormatException>();
        ModelFile.TryReadDescription(path, out var description).Should().BeFalse();
        description.Should().BeNull();
    }

    [Fact]
    public void A_newer_format_is_refused()
    {
        string path = Changed("resnet.format_version", "2");
        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>().WithMessage(
            $"{path}: its description has format version 2, and this version of the library reads up to 1; update ResNet.Core.");
        using var model = new ResNetModel(Version1FileTests.Description.Options);
        model.Invoking(m => m.LoadWeights(path)).Should().Throw<WeightsFormatException>("the newer description may say what the model must be");
    }

    [Theory]
    [InlineData("resnet.format_version", "", "it is '', not a number from 1")]
    [InlineData("resnet.format_version", "0", "it is '0', not a number from 1")]
    [InlineData("resnet.format_version", "99999999999", "it is '99999999999', not a number from 1")]
    [InlineData("resnet.format_version", null, "there is no 'resnet.format_version' beside it")]
    [InlineData("resnet.options", null, "it is missing")]
    [InlineData("resnet.options", "null", "it is null")]
    [InlineData("resnet.options", "[", "*")]
    [InlineData("resnet.options", "{}", "*missing required properties*")]
    [InlineData("resnet.labels", "[\"a\"]", "it has 1 names for 3 classes")]
    [InlineData("resnet.labels", "[\"a\",\"b\",\"\"]", "The name of class 2 is blank*")]
    [InlineData("resnet.labels", "[\"a\",\"b\",null]", "The name of class 2 is blank*")]
    [InlineData("resnet.labels", "[[[[[[[[[[[]]]]]]]]]]]", "*")]
    public void Damaged_metadata_is_refused_by_key(string key, string? text, string found)
    {
        string path = Changed(key, text);
        string named = found.StartsWith("there is no", StringComparison.Ordinal) ? "resnet.options" : key;
        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>()
            .WithMessage($"{path}: metadata '{named}' cannot be used: {found}. {Advice}");
    }

    [Theory]
    [InlineData("\"baseWidth\":4", "\"baseWidth\":4,\"dropout\":0.5", "*'dropout'*could not be mapped*")]
    [InlineData("\"baseWidth\":4", "\"baseWidth\":4,\"baseWidth\":4", "*Duplicate property 'baseWidth'*")]
    [InlineData("\"Basic\"", "\"basic\"", "block is 'basic'; it must be one of Basic, Bottleneck")]
    [InlineData("\"Basic\"", "1", "*could not be converted*")]
    [InlineData("\"Basic\"", "\"1\"", "block is '1'; it must be one of Basic, Bottleneck")]
    [InlineData("\"Basic\"", "null", "*")]
    [InlineData("\"classCount\":3", "\"classCount\":0", "ResNetOptions: 1 fault.*ClassCount is 0*")]
    public void Damaged_options_are_refused(string from, string to, string found)
    {
        string path = ChangedOptions(from, to);
        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>()
            .WithMessage($"{path}: metadata 'resnet.options' cannot be used: {found}. {Advice}");
    }

    [Theory]
    [InlineData("[1,1,1]", "[1,1,2000]", "layer3.1.conv1.weight is [16, 16, 3, 3], but the file has no such tensor")]
    [InlineData("[1,1,1]", "[1,1,1,1]", "layer4.0.conv1.weight is [32, 16, 3, 3], but the file has no such tensor")]
    [InlineData("\"baseWidth\":4", "\"baseWidth\":400", "conv1.weight is [400, 3, 3, 3], but the file has it as [4, 3, 3, 3]")]
    [InlineData("\"inputChannels\":3", "\"inputChannels\":2000000", "conv1.weight is [4, 2000000, 3, 3], but the file has it as [4, 3, 3, 3]")]
    [InlineData("\"classCount\":3", "\"classCount\":2000000", "fc.weight is [2000000, 16], but the file has it as [3, 16]")]
    [InlineData("\"shortcut\":\"A\"", "\"shortcut\":\"C\"", "layer1.0.downsample.0.weight is [4, 4, 1, 1], but the file has no such tensor")]
    [InlineData(
        "\"block\":\"Basic\"", "\"block\":\"Bottleneck\"", "layer1.0.conv1.weight is [4, 4, 1, 1], but the file has it as [4, 4, 3, 3]")]
    public void A_description_cannot_ask_for_more_than_the_file_has(string from, string to, string found)
    {
        string path = ChangedOptions(from, to);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var load = () => ModelFile.Load(path, out _);
        load.Should().Throw<WeightsFormatException>()
            .WithMessage($"{path}: its description does not fit its tensors: by its options {found}. {Advice}");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Fact]
    public void Widths_that_overflow_do_not_wrap_around()
    {
        var hostile = ResNetOptions.ResNet50 with { BaseWidth = 1 << 20, WidthPerGroup = int.MaxValue, Groups = int.MaxValue };
        DescribedNetwork.LargeTensors(hostile).First(tensor => tensor.Name == "layer1.0.conv1.weight").Shape[0].Should().Be(long.MaxValue);
    }

    [Fact]
    public void Preprocessing_of_absurd_size_is_refused()
    {
        using var file = StateDictFile.Open(Version1FileTests.Path);
        string path = Changed("resnet.preprocessing", file.Metadata["resnet.preprocessing"].Replace("32", "2000000000"));
        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>()
            .WithMessage("*cropSize is 2000000000 and resizeShorterSide is 36; at most 4096 is read*");
    }

    [Fact]
    public void A_small_file_cannot_ask_for_gigabytes_of_feature_maps()
    {
        using var file = StateDictFile.Open(Version1FileTests.Path);
        string path = Changed("resnet.preprocessing", file.Metadata["resnet.preprocessing"].Replace("\"cropSize\":32", "\"cropSize\":4096"));
        FluentActions.Invoking(() => ModelFile.Load(path, out _)).Should().Throw<WeightsFormatException>()
            .WithMessage("*it asks for a crop of 4096x4096, with which the largest feature map of one image takes * MiB in this network; at most 128 MiB are taken at a file's word*");
    }

    [Fact]
    public void The_papers_preparation_goes_through_a_file_unchanged()
    {
        var mean = PixelMean.Of([TestPictures.Patterned(224, 224), TestPictures.Flat(224, 224, 117)]);
        var description = Version1FileTests.Description with { Preprocessing = Preprocessing.PaperImageNet(mean) with { Crops = TestCrops.Ten } };
        string path = WithMetadata(DescriptionMetadata.ToMetadata(description).ToDictionary());
        ModelFile.ReadDescription(path).Should().Be(description);
    }

    [Fact]
    public void What_version_1_did_not_have_is_left_out_where_it_is_not_used()
    {
        string preprocessing = DescriptionMetadata.ToMetadata(Version1FileTests.Description)["resnet.preprocessing"];
        preprocessing.Should().NotContain("pixelMean").And.NotContain("crops");
    }

    [Theory]
    [InlineData("\"crops\":\"Ten\"", "\"crops\":\"Twelve\"", "crops is 'Twelve'; it must be one of Center, Ten")]
    [InlineData("\"width\":2", "\"width\":2000000000", "pixelMean is 2000000000x1; 1x1 to 384x384 is read")]
    [InlineData("\"width\":2", "\"width\":0", "pixelMean is 0x1; 1x1 to 384x384 is read")]
    [InlineData("\"height\":1", "\"height\":2", "pixelMean is 2x2, 48 bytes, but its values have 24")]
    [InlineData("\"values\":\"", "\"values\":\"!", "*not a valid Base-64 string*")]
    [InlineData("\"values\":\"AAAAAAAA", "\"values\":\"AAAAQAAA", "The mean of a pixel is from 0 to 1, but one is 2; divide means of bytes by 255*")]
    [InlineData("\"values\":", "\"values\":null,\"more\":", "*")]
    public void A_damaged_mean_is_refused(string from, string to, string found)
    {
        var mean = new PixelMean(2, 1, new[] { 0f, 0.25f, 0.5f, 0.75f, 1f, 0.125f });
        var description = Version1FileTests.Description with { Preprocessing = Preprocessing.PaperCifar10(mean) with { Crops = TestCrops.Ten } };
        string text = DescriptionMetadata.ToMetadata(description)["resnet.preprocessing"];
        text.Should().Contain(from);
        string path = Changed("resnet.preprocessing", text.Replace(from, to));
        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>()
            .WithMessage($"{path}: metadata 'resnet.preprocessing' cannot be used: {found}. {Advice}");
    }

    [Theory]
    [InlineData(384, 384)]
    [InlineData(1, 1)]
    public void A_mean_of_any_length_takes_little_memory(int width, int height)
    {
        var mean = PixelMean.Of([TestPictures.Patterned(384, 384)]);
        var description = Version1FileTests.Description with { Preprocessing = Preprocessing.PaperCifar10(mean) };
        string text = DescriptionMetadata.ToMetadata(description)["resnet.preprocessing"];
        string path = Changed("resnet.preprocessing", text.Replace("\"width\":384,\"height\":384", $"\"width\":{width},\"height\":{height}"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = Record.Exception(() => ModelFile.ReadDescription(path));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(64 << 20);
    }

    [Fact]
    public void Metadata_that_is_longer_than_any_mean_is_refused()
    {
        string path = Changed("resnet.preprocessing", new string(' ', 4 << 20));
        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>()
            .WithMessage($"{path}: metadata 'resnet.preprocessing' cannot be used: it has 4194304 characters; at most 3014656 are read. {Advice}");
    }

    [Fact]
    public void A_mean_that_files_do_not_hold_is_not_written()
    {
        var description = Version1FileTests.Description with { Preprocessing = Preprocessing.PaperCifar10(PixelMean.Of([TestPictures.Flat(385, 1, 9)])) };
        FluentActions.Invoking(() => DescriptionMetadata.ToMetadata(description)).Should().Throw<ArgumentException>()
            .WithMessage("The mean at each pixel is of 385x1; files hold at most 384x384. Give the means of the channels (Normalization.Mean) instead.*");
    }

    [Fact]
    public void Foreign_metadata_is_ignored()
    {
        ModelFile.ReadDescription(Changed("resnet.training", "{}")).Should().Be(Version1FileTests.Description);
    }

    private static void ShouldBeTheModels(ResNetOptions options)
    {
        using var model = new ResNetModel(options);
        var expected = model.state_dict().Where(entry => entry.Value.dim() > 1).Select(entry => (entry.Key, Shape: string.Join('x', entry.Value.shape)));
        DescribedNetwork.LargeTensors(options).Select(tensor => (tensor.Name, string.Join('x', tensor.Shape))).Should().BeEquivalentTo(expected);
    }

    private string ChangedOptions(string from, string to)
    {
        using var file = StateDictFile.Open(Version1FileTests.Path);
        string options = file.Metadata["resnet.options"];
        options.Should().Contain(from);
        return Changed("resnet.options", options.Replace(from, to));
    }

    private string Changed(string key, string? text)
    {
        using var file = StateDictFile.Open(Version1FileTests.Path);
        var metadata = file.Metadata.ToDictionary();
        metadata.Remove(key);
        if (text is not null)
        {
            metadata[key] = text;
        }

        return WithMetadata(metadata);
    }

    private string WithMetadata(Dictionary<string, string> metadata)
    {
        using var scope = torch.NewDisposeScope();
        using var file = StateDictFile.Open(Version1FileTests.Path);
        string path = _folder.PathTo("changed.safetensors");
        SafeTensorsWriter.Write(path, file.Entries.ToDictionary(entry => entry.Name, entry => file.Read(entry.Name)), metadata);
        return path;
    }
}

using System.Text.Json.Nodes;
using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights.HuggingFace;

public sealed class TimmConfigTests : IDisposable
{
    private readonly TimmFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_configuration_says_network_preprocessing_and_labels()
    {
        var description = Read(TimmFolder.Config());

        description.Options.Should().Be(ResNetOptions.ResNet50);
        description.Preprocessing.Should().Be(new Preprocessing
        {
            ResizeShorterSide = 235,
            CropSize = 224,
            Filter = ResizeFilter.Bicubic,
            Normalization = Normalization.ImageNet,
        });
        description.Labels.Should().Equal(ClassLabels.ImageNet1k);
    }

    [Fact]
    public void The_older_form_without_pretrained_cfg_is_read()
    {
        var config = TimmFolder.Config().AsObject()["pretrained_cfg"]!.DeepClone().AsObject();
        config["architecture"] = "resnet18";
        config["num_classes"] = 3;
        config["labels"] = new JsonArray("a", "b", "c");

        var description = Read(config);

        description.Options.Should().Be(ResNetOptions.ResNet18 with { ClassCount = 3 });
        description.Labels.Should().Equal("a", "b", "c");
        description.Preprocessing!.ResizeShorterSide.Should().Be(235);
    }

    [Fact]
    public void What_is_not_said_is_what_timm_takes_then()
    {
        var description = Read(new JsonObject { ["architecture"] = "resnet34", ["pretrained_cfg"] = new JsonObject() });

        description.Options.Should().Be(ResNetOptions.ResNet34);
        description.Preprocessing.Should().Be(Preprocessing.ImageNet with { Filter = ResizeFilter.Bicubic });
    }

    [Theory]
    [InlineData("resnet18", BlockKind.Basic, "2 2 2 2", 1, 64)]
    [InlineData("resnet26.bt_in1k", BlockKind.Bottleneck, "2 2 2 2", 1, 64)]
    [InlineData("resnet34.a1_in1k", BlockKind.Basic, "3 4 6 3", 1, 64)]
    [InlineData("resnet50", BlockKind.Bottleneck, "3 4 6 3", 1, 64)]
    [InlineData("resnet101", BlockKind.Bottleneck, "3 4 23 3", 1, 64)]
    [InlineData("resnet152", BlockKind.Bottleneck, "3 8 36 3", 1, 64)]
    [InlineData("resnext50_32x4d.a1h_in1k", BlockKind.Bottleneck, "3 4 6 3", 32, 4)]
    [InlineData("resnext101_32x4d", BlockKind.Bottleneck, "3 4 23 3", 32, 4)]
    [InlineData("resnext101_32x8d", BlockKind.Bottleneck, "3 4 23 3", 32, 8)]
    [InlineData("resnext101_32x16d", BlockKind.Bottleneck, "3 4 23 3", 32, 16)]
    [InlineData("resnext101_32x32d", BlockKind.Bottleneck, "3 4 23 3", 32, 32)]
    [InlineData("resnext101_64x4d", BlockKind.Bottleneck, "3 4 23 3", 64, 4)]
    [InlineData("wide_resnet50_2.tv2_in1k", BlockKind.Bottleneck, "3 4 6 3", 1, 128)]
    [InlineData("wide_resnet101_2", BlockKind.Bottleneck, "3 4 23 3", 1, 128)]
    public void Names_mean_the_networks_that_they_mean_to_timm(string architecture, BlockKind block, string blocks, int groups, int width) =>
        Read(TimmFolder.Config(architecture)).Options.Should().Be(new ResNetOptions
        {
            Block = block,
            BlocksPerStage = [.. blocks.Split(' ').Select(int.Parse)],
            Groups = groups,
            WidthPerGroup = width,
        });

    [Theory]
    [InlineData("resnet50d.ra2_in1k", "a network with a deep stem")]
    [InlineData("resnet14t", "a network with a deep stem")]
    [InlineData("seresnet50", "a network with attention in its blocks")]
    [InlineData("resnetv2_50", "a pre-activation network of timm's own kind")]
    [InlineData("resnet50_gn", "a network with group normalisation")]
    [InlineData("resnetrs101", "another kind of residual network")]
    [InlineData("vit_base_patch16_224", "which is no network of this library")]
    public void Other_networks_are_refused_by_name(string architecture, string kind) =>
        Refusal(TimmFolder.Config(architecture)).Should().Be(
            $"{_folder.Root}/config.json: the configuration cannot be used: its architecture is '{architecture}', {kind}. Of timm's networks these can be built: "
            + "resnet101, resnet152, resnet18, resnet26, resnet34, resnet50, resnext101_32x16d, resnext101_32x32d, resnext101_32x4d, resnext101_32x8d, "
            + "resnext101_64x4d, resnext50_32x4d, wide_resnet101_2, wide_resnet50_2. Build the model from ResNetOptions and load the weights alone.");

    [Fact]
    public void Transformers_networks_are_refused() =>
        Refusal("""{"architectures": ["ResNetForImageClassification"], "model_type": "resnet", "depths": [3, 4, 6, 3], "hidden_sizes": [256, 512, 1024, 2048]}""")
            .Should().Contain("it is of transformers (model_type 'resnet'), whose configuration is not read.");

    [Fact]
    public void Labels_may_have_descriptions()
    {
        var config = TimmFolder.Config(classes: 2);
        config["label_names"] = new JsonArray("n01440764", "n01443537");
        config["label_descriptions"] = new JsonObject { ["n01440764"] = "tench, Tinca tinca" };

        Read(config).Labels.Should().Equal("tench, Tinca tinca", "n01443537");
    }

    [Theory]
    [InlineData("label_names")]
    [InlineData("id2label")]
    public void Labels_may_be_an_object_from_index_to_name(string property)
    {
        var config = TimmFolder.Config(classes: 3);
        config[property] = new JsonObject { ["2"] = "frog", ["0"] = "cat", ["1"] = "dog" };

        Read(config).Labels.Should().Equal("cat", "dog", "frog");
    }

    [Fact]
    public void Other_counts_of_classes_without_names_have_no_labels() => Read(TimmFolder.Config(classes: 37)).Labels.Should().BeNull();

    [Fact]
    public void Pictures_of_one_channel_have_no_preprocessing_here()
    {
        var config = TimmFolder.Config();
        config["pretrained_cfg"]!["input_size"] = new JsonArray(1, 224, 224);
        config["pretrained_cfg"]!["mean"] = new JsonArray(0.5);

        var description = Read(config);

        description.Options.InputChannels.Should().Be(1);
        description.Preprocessing.Should().BeNull();
    }

    [Theory]
    [InlineData("num_classes", "0", "its num_classes is 0: the network has no classifier")]
    [InlineData("num_classes", "-5", "its num_classes is -5; 1 to 1000000 can be")]
    [InlineData("num_classes", "99999999999", "its num_classes is 99999999999, which is no number that can be")]
    [InlineData("num_classes", "\"ten\"", "its num_classes is String; Number was expected")]
    [InlineData("global_pool", "\"catavgmax\"", "its global_pool is 'catavgmax'; only 'avg' can be built")]
    [InlineData("model_args", "{\"block_args\": {}}", "its model_args have 'block_args', which makes another network of it")]
    [InlineData("model_args", "{\"in_chans\": 100000}", "its in_chans is 100000; 1 to 64 can be")]
    [InlineData("label_names", "[\"a\"]", "its label_names has 1 names for 1000 classes")]
    [InlineData("label_names", "7", "its label_names is Number; a list or an object was expected")]
    [InlineData("architecture", "17", "its architecture is Number; String was expected")]
    [InlineData("pretrained_cfg", "[]", "its pretrained_cfg is Array; Object was expected")]
    public void What_cannot_be_is_refused(string property, string value, string message)
    {
        var config = TimmFolder.Config();
        config[property] = JsonNode.Parse(value);
        Refusal(config).Should().Contain(message);
    }

    [Theory]
    [InlineData("input_size", "[3, 224, 288]", "its input_size is [3, 224, 288]; three numbers were expected, height and width alike")]
    [InlineData("input_size", "[3, 1e9, 1e9]", "its input_size has 1000000000; whole numbers from 1 to 4096 are read")]
    [InlineData("input_size", "[3, 3800, 3800]", "it asks for a crop of 3800x3800, with which the largest feature map of one image takes 881 MiB in this network; at most 128 MiB are taken at a file's word")]
    [InlineData("input_size", "[3, 224]", "its input_size has 2 entries; 3 numbers were expected")]
    [InlineData("crop_pct", "0", "its crop_pct is 0; it must be above 0, at most 1, and make no picture of more than 4096 pixels")]
    [InlineData("crop_pct", "0.001", "its crop_pct is 0.001; it must be above 0, at most 1, and make no picture of more than 4096 pixels")]
    [InlineData("crop_pct", "1e999", "its crop_pct is Infinity; it must be above 0, at most 1, and make no picture of more than 4096 pixels")]
    [InlineData("crop_mode", "\"squash\"", "its crop_mode is 'squash'; only 'center' can be done")]
    [InlineData("interpolation", "\"lanczos\"", "its interpolation is 'lanczos'; 'bilinear' and 'bicubic' can be done")]
    [InlineData("std", "[0, 1, 1]", "StdDev must be three numbers (red, green, blue), finite and above 0, but is [0, 1, 1].")]
    [InlineData("mean", "[\"a\", 1, 1]", "its mean has 3 entries; 3 numbers were expected")]
    public void Preprocessing_that_cannot_be_is_refused(string property, string value, string message)
    {
        var config = TimmFolder.Config();
        config["pretrained_cfg"]![property] = JsonNode.Parse(value);
        Refusal(config).Should().Contain(message);
    }

    [Theory]
    [InlineData("[1, 2]", "it is Array where an object was expected")]
    [InlineData("{}", "it does not say its 'architecture', as configurations of timm do")]
    [InlineData("{\"architecture\": \"resnet18\"", "open JSON object")]
    [InlineData("{\"architecture\": \"resnet18\", \"architecture\": \"resnet34\"}", "architecture")]
    [InlineData("{\"architecture\": \"\\ud800\"}", "surrogate")]
    [InlineData("", "tokens")]
    public void Damaged_configurations_are_refused(string config, string message) => Refusal(config).Should().Contain(message);

    [Fact]
    public void Deep_nesting_is_refused() => Refusal(new string('[', 100_000)).Should().Contain("depth");

    [Fact]
    public void A_configuration_of_gigabytes_is_not_read()
    {
        _folder.With("{}");
        using (var file = File.OpenWrite(Path.Combine(_folder.Root, "config.json")))
        {
            file.SetLength(1L << 32);
        }

        FluentActions.Invoking(() => HuggingFaceFolder.TryRead(_folder.Root)).Should().Throw<WeightsFormatException>()
            .WithMessage("*it has 4294967296 bytes; at most 3145728 are read*");
    }

    private ModelDescription Read(JsonNode config) => HuggingFaceFolder.TryRead(_folder.With(config).Root)!;

    private string Refusal(JsonNode config) => Refusal(config.ToJsonString());

    private string Refusal(string config) =>
        FluentActions.Invoking(() => HuggingFaceFolder.TryRead(_folder.With(config).Root)).Should().Throw<WeightsFormatException>().Which.Message;
}

using System.Security.Cryptography;
using ResNet.Analysis;
using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights.Pretrained;

public sealed class PretrainedWeightsTests
{
    /// <summary>One name for each network: versions of one share it.</summary>
    public static TheoryData<string> Networks => [.. PretrainedWeights.All.GroupBy(model => model.Options).Select(group => group.First().Name)];

    public static TheoryData<string> Names => [.. PretrainedWeights.All.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Each_network_has_as_many_parameters_as_published(string name)
    {
        var options = PretrainedWeights.Find(name).Options;
        long parameters = ModelSummary.Of(options, 32).Parameters;
        PretrainedWeights.All.Where(model => model.Options == options).Should().AllSatisfy(model => model.ParameterCount.Should().Be(parameters));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_file_can_be_asked_for_and_has_its_hash_in_its_name(string name)
    {
        var model = PretrainedWeights.Find(name);
        model.ToRequest().Url.Scheme.Should().Be("https");
        model.Url.AbsolutePath.Should().Contain($"-{model.Sha256[..8]}.");
        model.Labels.Should().HaveCount(model.Options.ClassCount);
    }

    [Fact]
    public void No_published_network_sees_the_middle_of_a_photo_only() =>
        PretrainedWeights.All.Should().OnlyContain(weights => weights.Preprocessing.ResizeShorterSide >= weights.Preprocessing.CropSize);

    [Fact]
    public void Names_are_unique() => PretrainedWeights.All.Select(model => model.Name).Should().OnlyHaveUniqueItems().And.HaveCount(27);

    [SkippableFact]
    public void Torchvisions_weights_are_those_of_its_table()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        var table = Oracle.ReadJson("weights", "torchvision.json").EnumerateArray().ToList();
        foreach (var row in table)
        {
            var model = PretrainedWeights.Find($"{row.GetProperty("architecture").GetString()}.{row.GetProperty("version").GetString()}");
            model.Url.AbsoluteUri.Should().Be(row.GetProperty("url").GetString());
            model.Sha256.Should().Be(row.GetProperty("sha256Prefix").GetString());
            model.ParameterCount.Should().Be(row.GetProperty("parameters").GetInt64());
            model.Top1Accuracy.Should().BeApproximately(row.GetProperty("top1Accuracy").GetDouble() / 100, 1e-12);
            model.Top5Accuracy.Should().BeApproximately(row.GetProperty("top5Accuracy").GetDouble() / 100, 1e-12);
            model.Preprocessing.ResizeShorterSide.Should().Be(row.GetProperty("resize").GetInt32());
            model.Preprocessing.CropSize.Should().Be(row.GetProperty("crop").GetInt32());
            model.Preprocessing.Filter.Should().Be(ResizeFilter.Bilinear);
            model.Preprocessing.Normalization.Mean.Should().Equal(row.GetProperty("mean").EnumerateArray().Select(number => number.GetSingle()));
            model.Preprocessing.Normalization.StdDev.Should().Equal(row.GetProperty("std").EnumerateArray().Select(number => number.GetSingle()));
            model.Options.BottleneckStride.Should().Be(StridePlacement.Middle3x3);
        }

        table.Should().HaveCount(17);
    }

    [SkippableTheory]
    [InlineData("resnet20-cifar.cifar10_akamaster", "resnet20-12fca82f.th")]
    [InlineData("resnet32-cifar.cifar10_akamaster", "resnet32-d509ac18.th")]
    public void Hashes_of_CIFAR_files_are_those_of_the_files(string name, string file)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        var model = PretrainedWeights.Find(name);

        model.Url.Segments[^1].Should().Be(file);
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Oracle.PathTo("weights", file)))).Should().Be(model.Sha256);
    }

    [Theory]
    [InlineData("resnet50", "resnet50.imagenet1k_v2")]
    [InlineData("ResNet50.ImageNet1k_V1", "resnet50.imagenet1k_v1")]
    [InlineData("resnet18", "resnet18.imagenet1k_v1")]
    [InlineData("RESNEXT101_64X4D", "resnext101_64x4d.imagenet1k_v1")]
    [InlineData("resnet20-cifar", "resnet20-cifar.cifar10_chenyaofo")]
    [InlineData("resnet110-cifar", "resnet110-cifar.cifar10_akamaster")]
    public void A_network_alone_means_its_most_accurate_weights(string name, string expected) => PretrainedWeights.Find(name).Name.Should().Be(expected);

    [Fact]
    public void An_unknown_name_lists_the_nearest_ones() =>
        FluentActions.Invoking(() => PretrainedWeights.Find("resnet51")).Should().Throw<ArgumentException>()
            .WithMessage("There are no pretrained weights named 'resnet51'. The nearest names are resnet50, resnet18, resnet34. (Parameter 'name')");
}

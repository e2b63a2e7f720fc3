using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

/// <summary>Files whose tensors have the names of other repositories; the names are written down here independently of the library.</summary>
public sealed class WeightNamesTests : IDisposable
{
    private static readonly ResNetOptions Bottlenecks = new() { Block = BlockKind.Bottleneck, BlocksPerStage = [2, 1, 3, 1], BaseWidth = 4, ClassCount = 5 };
    private static readonly string[] Parts = ["weight", "bias", "running_mean", "running_var"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Families => ["torchvision", "parallel", "compiled", "detectron2", "pycls", "caffe", "caffe2", "mmpretrain", "transformers", "sequential"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Families))]
    public void Bottlenecks_load_under_the_names_of(string family)
    {
        using var source = new ResNetModel(Bottlenecks);
        using var target = new ResNetModel(Bottlenecks);
        var names = Pairs(family).ToDictionary(pair => pair.InModel, pair => pair.InFile);
        string path = SaveAs(source, name => names.GetValueOrDefault(name));

        var report = target.LoadWeights(path);

        report.Renamed.Should().BeEquivalentTo(names.Where(pair => pair.Key != pair.Value).Select(pair => new RenamedWeight(pair.Value, pair.Key)));
        report.Loaded.Should().BeEquivalentTo(names.Keys);
        ShouldBeEqual(source, target);
    }

    [Fact]
    public void The_usual_CIFAR_repositories_call_the_classifier_linear_and_projections_shortcut()
    {
        var options = ResNetOptions.Cifar(8) with { Shortcut = ShortcutOption.B };
        using var source = new ResNetModel(options);
        using var target = new ResNetModel(options);
        string path = SaveAs(
            source, name => "module." + name.Replace("fc.", "linear.", StringComparison.Ordinal).Replace("downsample", "shortcut", StringComparison.Ordinal));

        target.LoadWeights(path).Renamed.Should().Contain(new RenamedWeight("module.layer2.0.shortcut.1.running_var", "layer2.0.downsample.1.running_var"));

        ShouldBeEqual(source, target);
    }

    [SkippableFact]
    public void A_checkpoint_of_akamaster_and_the_same_under_other_names_are_equal()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        var options = ResNetOptions.Cifar(20) with { ZeroPadding = ZeroPadding.Both };
        using var legacy = new ResNetModel(options);
        using var zip = new ResNetModel(options);

        var report = legacy.LoadWeights(Oracle.PathTo("weights", "resnet20-12fca82f.th"));
        zip.LoadWeights(Oracle.PathTo("weights", "resnet20-zip.pth")).Renamed.Should().BeEmpty();

        report.Loaded.Should().HaveCount(97);
        report.Renamed.Should().HaveCount(97).And.Contain(new RenamedWeight("module.linear.bias", "fc.bias"));
        report.Skipped.Should().HaveCount(19).And.OnlyContain(skipped => skipped.Name.EndsWith("num_batches_tracked"));
        report.Unverified.Should().HaveCount(2);
        ShouldBeEqual(legacy, zip);
    }

    [Fact]
    public void A_prefix_picks_one_network_of_several()
    {
        using var query = ResNetModel.CifarResNet(8);
        using var key = ResNetModel.CifarResNet(8);
        using var target = ResNetModel.CifarResNet(8);
        string path = _folder.PathTo("two.safetensors");
        SafeTensorsWriter.Write(path, Named(query, "module.encoder_q.").Concat(Named(key, "module.encoder_k.")));

        target.Invoking(model => model.LoadWeights(path)).Should().Throw<WeightsMismatchException>();
        var report = target.LoadWeights(path, new WeightsLoadOptions { Prefix = "module.encoder_q." });

        report.Unexpected.Should().BeEmpty();
        ShouldBeEqual(query, target);
    }

    [Fact]
    public void A_prefix_that_nothing_has_is_an_error()
    {
        using var model = ResNetModel.CifarResNet(8);
        string path = SaveAs(model, name => name);

        model.Invoking(m => m.LoadWeights(path, new WeightsLoadOptions { Prefix = "teacher.", Strict = false }))
            .Should().Throw<WeightsMismatchException>().Which.Missing.Should().Contain("conv1.weight");
    }

    [Fact]
    public void Own_names_are_mapped_and_left_out_as_the_caller_says()
    {
        using var source = ResNetModel.CifarResNet(8);
        using var target = ResNetModel.CifarResNet(8);
        using var extra = torch.ones(3);
        string path = _folder.PathTo("own.safetensors");
        SafeTensorsWriter.Write(path, Named(source, "trunk/").Append(new("extra", extra)));

        var report = target.LoadWeights(path, new WeightsLoadOptions { Rename = name => name.StartsWith("trunk/", StringComparison.Ordinal) ? name[6..] : null });

        report.Loaded.Should().HaveCount(44);
        ShouldBeEqual(source, target);
    }

    [Fact]
    public void Two_tensors_for_one_place_are_an_error()
    {
        using var model = ResNetModel.CifarResNet(8);
        string path = SaveAs(model, name => name);

        model.Invoking(m => m.LoadWeights(path, new WeightsLoadOptions { Rename = name => name == "fc.bias" ? "bn1.bias" : name }))
            .Should().Throw<WeightsMismatchException>().Which.Differences.Should().Contain(
                $"Both 'bn1.bias' and 'fc.bias' of {path} are bn1.bias in the model; say which by Prefix or Rename.");
    }

    [Fact]
    public void One_channel_takes_the_sum_of_all()
    {
        var (weights, adapted, report) = Adapt(1);
        using (weights)
        using (adapted)
        {
            using var expected = weights.sum(1, keepdim: true);
            adapted.Should().HaveEqualValues(expected);
            report.Adapted.Should().Equal("conv1.weight is [16, 3, 3, 3] in the file and [16, 1, 3, 3] in the model: the channels were summed.");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void More_channels_are_repeated_and_scaled(int channels)
    {
        var (weights, adapted, report) = Adapt(channels);
        using (weights)
        using (adapted)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                using var expected = weights.select(1, channel % 3).mul(3f / channels);
                using var found = adapted.select(1, channel);
                found.Should().HaveEqualValues(expected);
            }

            report.Adapted.Should().ContainSingle();
        }
    }

    [Fact]
    public void Channels_are_not_adapted_unasked()
    {
        using var source = ResNetModel.CifarResNet(8);
        using var target = new ResNetModel(ResNetOptions.Cifar(8) with { InputChannels = 1 });
        string path = SaveAs(source, name => name);

        target.Invoking(m => m.LoadWeights(path)).Should().Throw<WeightsMismatchException>().Which.Differences.Should().Equal(
            $"conv1.weight is [16, 3, 3, 3] in {path} but [16, 1, 3, 3] in the model; build with InputChannels = 3, or pass AdaptInputChannels.");
    }

    private (Tensor Weights, Tensor Adapted, WeightsLoadReport Report) Adapt(int channels)
    {
        using var source = ResNetModel.CifarResNet(8);
        using var target = new ResNetModel(ResNetOptions.Cifar(8) with { InputChannels = channels });
        var report = target.LoadWeights(SaveAs(source, name => name), new WeightsLoadOptions { AdaptInputChannels = true });
        return (source.state_dict()["conv1.weight"].clone().detach(), target.state_dict()["conv1.weight"].clone().detach(), report);
    }

    private static IEnumerable<(string InFile, string InModel)> Pairs(string family)
    {
        foreach (string part in Parts)
        {
            yield return (Name(family, 0, 0, "bn", 1, part), $"bn1.{part}");
        }

        yield return (Name(family, 0, 0, "conv", 1, "weight"), "conv1.weight");
        for (int stage = 1; stage <= 4; stage++)
        {
            for (int block = 0; block < Bottlenecks.BlocksPerStage[stage - 1]; block++)
            {
                // Branch 0 is the projection.
                for (int branch = block == 0 ? 0 : 1; branch <= 3; branch++)
                {
                    string prefix = $"layer{stage}.{block}.";
                    yield return (Name(family, stage, block, "conv", branch, "weight"), prefix + (branch == 0 ? "downsample.0.weight" : $"conv{branch}.weight"));
                    foreach (string part in Parts)
                    {
                        yield return (Name(family, stage, block, "bn", branch, part), prefix + (branch == 0 ? $"downsample.1.{part}" : $"bn{branch}.{part}"));
                    }
                }
            }
        }

        yield return (Name(family, 5, 0, "fc", 0, "weight"), "fc.weight");
        yield return (Name(family, 5, 0, "fc", 0, "bias"), "fc.bias");
    }

    private static string Name(string family, int stage, int block, string kind, int branch, string part)
    {
        string bare = (stage, branch) switch
        {
            (0, _) => $"{kind}1.{part}",
            (5, _) => $"fc.{part}",
            (_, 0) => $"layer{stage}.{block}.downsample.{(kind == "bn" ? 1 : 0)}.{part}",
            _ => $"layer{stage}.{block}.{kind}{branch}.{part}",
        };
        char letter = (char)('a' + branch - 1);
        string caffeBranch = branch == 0 ? "branch1" : $"branch2{letter}";
        string norm = kind == "bn" ? "norm." : string.Empty;
        return (family, stage) switch
        {
            ("parallel", _) => "module." + bare,
            ("compiled", _) => "_orig_mod.module." + bare,
            ("detectron2", 0) => $"backbone.bottom_up.stem.conv1.{norm}{part}",
            ("detectron2", 5) => $"backbone.bottom_up.linear.{part}",
            ("detectron2", _) => $"backbone.bottom_up.res{stage + 1}.{block}.{(branch == 0 ? "shortcut" : $"conv{branch}")}.{norm}{part}",
            ("pycls", 0) => $"stem.{kind}.{part}",
            ("pycls", 5) => $"head.fc.{part}",
            ("pycls", _) => $"s{stage}.b{block + 1}.{(branch == 0 ? (kind == "bn" ? "bn" : "proj") : $"f.{letter}{(kind == "bn" ? "_bn" : "")}")}.{part}",
            ("caffe", 0) => $"{CaffeLayer(kind, part)}conv1.{part}",
            ("caffe", 5) => $"fc1000.{part}",

            // The third stage counts as in ResNet-101: a, b1, b2.
            ("caffe", _) => $"{(kind == "conv" ? "res" : CaffeLayer(kind, part).TrimEnd('_'))}{stage + 1}{(stage == 3 && block > 0 ? $"b{block}" : $"{(char)('a' + block)}")}_{caffeBranch}.{part}",
            ("caffe2", 0) => kind == "bn" ? $"res_conv1_bn_{Caffe2Part(kind, part)}" : "conv1_w",
            ("caffe2", 5) => $"pred_{(part == "weight" ? "w" : "b")}",
            ("caffe2", _) => $"res{stage + 1}_{block}_{caffeBranch}_{(kind == "bn" ? "bn_" : "")}{Caffe2Part(kind, part)}",
            ("mmpretrain", 5) => $"head.fc.{part}",
            ("mmpretrain", _) => "backbone." + bare,
            ("transformers", 0) => $"resnet.embedder.embedder.{LongKind(kind)}.{part}",
            ("transformers", 5) => $"classifier.1.{part}",
            ("transformers", _) => $"resnet.encoder.stages.{stage - 1}.layers.{block}.{(branch == 0 ? "shortcut" : $"layer.{branch - 1}")}.{LongKind(kind)}.{part}",
            ("sequential", 0) => $"{(kind == "bn" ? 1 : 0)}.{part}",
            ("sequential", 5) => $"9.{part}",
            ("sequential", _) => $"{stage + 3}{bare["layer1".Length..]}",
            _ => bare,
        };
    }

    private static string LongKind(string kind) => kind == "bn" ? "normalization" : "convolution";

    private static string CaffeLayer(string kind, string part) => kind == "conv" ? string.Empty : part.StartsWith("running", StringComparison.Ordinal) ? "bn_" : "scale_";

    private static string Caffe2Part(string kind, string part) => part switch
    {
        "weight" => kind == "bn" ? "s" : "w",
        "bias" => "b",
        "running_mean" => "rm",
        _ => "riv",
    };

    private static IEnumerable<KeyValuePair<string, Tensor>> Named(ResNetModel model, string prefix) =>
        model.state_dict().Select(pair => new KeyValuePair<string, Tensor>(prefix + pair.Key, pair.Value));

    private static void ShouldBeEqual(ResNetModel source, ResNetModel target)
    {
        var expected = source.state_dict();
        foreach (var (name, tensor) in target.state_dict().Where(pair => !pair.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)))
        {
            tensor.Should().HaveEqualValues(expected[name], name);
        }
    }

    private string SaveAs(ResNetModel model, Func<string, string?> name)
    {
        string path = _folder.PathTo($"{Guid.NewGuid():N}.safetensors");
        SafeTensorsWriter.Write(
            path,
            model.state_dict().Select(pair => (Name: name(pair.Key), pair.Value)).Where(pair => pair.Name is not null)
                .Select(pair => new KeyValuePair<string, Tensor>(pair.Name!, pair.Value)));
        return path;
    }
}

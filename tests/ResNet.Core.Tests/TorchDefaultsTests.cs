using ResNet.Analysis;
using ResNet.Compilation;
using ResNet.Core.Tests.Compilation;
using ResNet.Core.Tests.Weights;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests;

/// <summary>What the host has set as torch's default type and device changes no result.</summary>
public sealed class TorchDefaultsTests
{
    private static readonly CompileOptions Quick = new() { RemembersCheck = false, CheckHeight = 40, CheckWidth = 40 };
    private static readonly RgbImage Image = new(24, 20, [.. Enumerable.Range(0, 3 * 24 * 20).Select(i => (byte)(i * 31 % 256))]);

    public static IEnumerable<object[]> Defaults => TorchDefaults.Names;

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_compiled_network_gives_the_logits_that_it_gave_before(string name)
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var images = CompiledNetworks.Pictures(model.Options, 3, 32, 32);
        foreach (bool allowFused in (bool[])[true, false])
        {
            using var compiled = model.Compile(Quick with { AllowFused = allowFused });
            float[] expected = Logits(compiled.Forward(images));

            using (TorchDefaults.Of(name))
            {
                Logits(compiled.Forward(images)).Should().Equal(expected);
                float[] logits = new float[expected.Length];
                compiled.Forward(images.data<float>().ToArray(), 32, 32, logits);
                logits.Should().Equal(expected);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_network_is_compiled_and_checked_as_ever(string name)
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["bottleneck"]);
        using var images = CompiledNetworks.Pictures(model.Options, 2, 32, 32);
        foreach (var precision in (CompilePrecision[])[CompilePrecision.Float32, CompilePrecision.BFloat16, CompilePrecision.Int8])
        {
            var options = Quick with { Precision = precision, CalibrationPictures = images };
            using var usual = model.Compile(options);

            using (TorchDefaults.Of(name))
            {
                using var compiled = model.Compile(options);

                compiled.Report.Should().BeEquivalentTo(usual.Report);
                Logits(compiled.Forward(images)).Should().Equal(Logits(usual.Forward(images)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_network_is_built_in_float32_on_the_CPU_with_the_same_weights(string name)
    {
        foreach (var options in CompiledNetworks.Kinds.Values)
        {
            using var usual = Seeded(options);
            using (TorchDefaults.Of(name))
            {
                using var model = Seeded(options);
                foreach (var (key, tensor) in model.state_dict())
                {
                    tensor.device_type.Should().Be(DeviceType.CPU, key);
                    tensor.dtype.Should().Be(key.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? torch.int64 : torch.float32, key);
                    tensor.bytes.ToArray().Should().Equal(usual.state_dict()[key].bytes.ToArray(), key);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_classifier_loads_prepares_and_answers_as_ever(string name)
    {
        foreach (var engine in (EngineOptions[])[EngineOptions.Eager, EngineOptions.Auto])
        {
            var expected = Answer(engine);
            using (TorchDefaults.Of(name))
            {
                Answer(engine).Should().Equal(expected);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_classifier_of_ten_crops_answers_as_ever(string name)
    {
        var model = ModelFile.Load(Version1FileTests.Path, out var description);
        using var classifier = new ImageClassifier(model, description.Preprocessing! with { Crops = TestCrops.Ten });
        var expected = classifier.Classify(Image);
        using (TorchDefaults.Of(name))
        {
            classifier.Classify(Image).Should().Equal(expected);
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Looking_into_a_network_shows_the_same(string name)
    {
        using var model = CompiledNetworks.Build(ResNetOptions.Cifar(8));
        using var images = CompiledNetworks.Pictures(model.Options, 1, 32, 32);
        var map = GradCam.Of(model, images);
        var summary = ModelSummary.Of(model);
        var filters = FirstLayerFilters.Of(model);
        using (TorchDefaults.Of(name))
        {
            GradCam.Of(model, images).Values.Should().Equal(map.Values);
            ModelSummary.Of(model).ToString().Should().Be(summary.ToString());
            FirstLayerFilters.Of(model).Should().BeEquivalentTo(filters);
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Weights_are_written_and_read_as_ever(string name)
    {
        using var folder = new TemporaryFolder();
        using var model = Seeded(ResNetOptions.Cifar(8));
        using var defaults = TorchDefaults.Of(name);
        foreach (string file in (string[])["model.safetensors", "model.pth"])
        {
            string path = folder.PathTo(file);
            model.SaveWeights(path);
            using var read = Seeded(ResNetOptions.Cifar(8), seed: 2);
            read.LoadWeights(path);

            foreach (var (key, tensor) in read.state_dict())
            {
                tensor.bytes.ToArray().Should().Equal(model.state_dict()[key].bytes.ToArray(), key);
            }
        }
    }

    private static IReadOnlyList<Prediction> Answer(EngineOptions engine)
    {
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path, engine: engine);
        return classifier.Classify(Image);
    }

    private static ResNetModel Seeded(ResNetOptions options, int seed = 1)
    {
        torch.random.manual_seed(seed);
        return new ResNetModel(options);
    }

    private static float[] Logits(Tensor logits)
    {
        using (logits)
        {
            logits.dtype.Should().Be(torch.float32);
            logits.device_type.Should().Be(DeviceType.CPU);
            return logits.data<float>().ToArray();
        }
    }
}

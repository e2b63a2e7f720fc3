using ResNet.Inference;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public class CudaWeightsTests
{
    [SkippableFact]
    public void Weights_go_to_a_GPU_and_come_back_bit_equal()
    {
        Skip.IfNot(torch.cuda.is_available(), "needs a CUDA device");
        using var folder = new TemporaryFolder();
        using var model = ModelFile.Load(Version1FileTests.Path, out var description, torch.CUDA);
        model.parameters().Should().OnlyContain(parameter => parameter.device_type == DeviceType.CUDA);
        model.SaveWeights(folder.PathTo("back.safetensors"), description);
        File.ReadAllBytes(folder.PathTo("back.safetensors")).Should().Equal(File.ReadAllBytes(Version1FileTests.Path));
    }

    [SkippableFact]
    public void A_classifier_on_a_GPU_answers_as_on_the_CPU()
    {
        Skip.IfNot(torch.cuda.is_available(), "needs a CUDA device");
        byte[] pixels = new byte[3 * 40 * 50];
        new Random(1).NextBytes(pixels);
        var picture = new ResNet.Imaging.RgbImage(40, 50, pixels);
        using var cpu = ImageClassifier.FromFile(Version1FileTests.Path);
        using var gpu = ImageClassifier.FromFile(Version1FileTests.Path, torch.CUDA);
        var expected = cpu.Classify(picture);
        var actual = gpu.Classify(picture);
        actual.Select(p => p.Index).Should().Equal(expected.Select(p => p.Index));
        actual.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First.Probability - pair.Second.Probability) < 1e-3f);
    }
}

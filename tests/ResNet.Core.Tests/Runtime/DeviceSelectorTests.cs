using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Core.Tests.Runtime;

public class DeviceSelectorTests
{
    [Theory]
    [InlineData("cpu")]
    [InlineData("CPU")]
    public void Cpu_is_the_cpu(string text)
    {
        DeviceSelector.Parse(text).type.Should().Be(DeviceType.CPU);
    }

    [Fact]
    public void Auto_takes_cuda_where_it_is_available()
    {
        DeviceType expected = torch.cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU;

        DeviceSelector.Parse("auto").type.Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:99999999999")]
    [InlineData("cpu:0")]
    public void Unknown_text_is_refused_with_the_choices(string text)
    {
        Action parse = () => DeviceSelector.Parse(text);

        parse.Should().Throw<ArgumentException>()
            .WithMessage($"'{text}' is no device. Use auto, cpu, cuda or cuda:N with N from 0. (Parameter 'text')");
    }

    [SkippableTheory]
    [InlineData("cuda")]
    [InlineData("cuda:99")]
    public void Cuda_on_a_back_end_for_the_cpu_names_the_packages_to_add(string text)
    {
        TorchRuntimeInfo info = TorchRuntime.Describe();
        Skip.IfNot(info.BackEnd == TorchBackEnd.Cpu, "The back end of this test run has CUDA.");
        Action parse = () => DeviceSelector.Parse(text);

        parse.Should().Throw<CudaUnavailableException>().WithMessage(
            $"'{text}' was asked for, but the back end of this program is built for the CPU alone. Add the package TorchSharp-cuda-linux "
            + "or TorchSharp-cuda-windows to the program instead of the CPU's (in this repository: -p:TorchBackend=cuda-linux or "
            + "cuda-windows), or ask for 'cpu' or 'auto'.");
    }

    [Fact]
    public void Cuda_without_a_gpu_says_what_to_look_at()
    {
        Action choose = () => DeviceSelector.Choose("cuda", wanted: 0, deviceCount: 0, backEndHasCuda: true);

        choose.Should().Throw<CudaUnavailableException>().WithMessage(
            "'cuda' was asked for, but no CUDA device can be used: the back end has CUDA, and it found no NVIDIA GPU with a driver that is "
            + "new enough. See whether nvidia-smi lists one and whether CUDA_VISIBLE_DEVICES hides it, or ask for 'cpu' or 'auto'.");
    }

    [Theory]
    [InlineData(1, "there is 1 CUDA device: cuda:0")]
    [InlineData(2, "there are 2 CUDA devices: cuda:0 to cuda:1")]
    public void A_cuda_device_that_is_not_there_is_refused_with_those_that_are(int deviceCount, string found)
    {
        Action choose = () => DeviceSelector.Choose("cuda:99", wanted: 99, deviceCount, backEndHasCuda: true);

        choose.Should().Throw<CudaUnavailableException>()
            .WithMessage($"'cuda:99' was asked for, but {found}. Ask for one of these, or for 'cuda', the first.");
    }

    [Theory]
    [InlineData("auto", 0, null)]
    [InlineData("auto", 2, 0)]
    [InlineData("cuda", 2, 0)]
    [InlineData("cuda:1", 2, 1)]
    [InlineData("CUDA:1", 2, 1)]
    public void The_device_is_chosen_among_those_that_are_there(string text, int deviceCount, int? expected)
    {
        DeviceSelector.Choose(text, DeviceSelector.WantedCudaIndex(text), deviceCount, backEndHasCuda: true).Should().Be(expected);
    }

    [SkippableFact]
    public void A_tensor_can_be_made_on_the_selected_cuda_device()
    {
        Skip.IfNot(torch.cuda.is_available(), "No CUDA device here.");
        using Tensor ones = torch.ones(3, device: DeviceSelector.Parse("cuda:0"));

        ones.device_type.Should().Be(DeviceType.CUDA);
        ones.sum().item<float>().Should().Be(3);
    }
}

using System.Runtime.InteropServices;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Core.Tests.Runtime;

public sealed class ResourceShortageTests
{
    [SkippableTheory]
    [InlineData(24)]
    [InlineData(23)]
    public void Too_many_open_files_are_called_so_however_deep_they_lie(int errno)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "numbers of errors are Linux's");
        var failure = new TypeInitializationException("Some.Type", new IOException("Too many open files", errno));

        TorchRuntime.ExplainShortage(failure).Should().Match("This process may not open as many files as it needs (* at once); allow 1024 or more (ulimit -n 1024).");
    }

    [Fact]
    public void Memory_that_torch_does_not_get_is_called_so_in_one_line()
    {
        var failure = FluentActions.Invoking(() => torch.zeros(1L << 58)).Should().Throw<ExternalException>().Which;

        TorchRuntime.ExplainShortage(failure).Should().StartWith("There is not enough memory: ").And.Contain("tried to allocate 1152921504606846976 bytes")
            .And.EndWith(". Use smaller batches or images, or give the process more memory (ulimit -v, the limit of a container).").And.NotContain("\n");
        TorchRuntime.ExplainShortage(new InsufficientMemoryException()).Should().StartWith("There is not enough memory: ");
    }

    [Fact]
    public void Other_failures_are_left_to_others()
    {
        using var two = torch.zeros(2);
        using var three = torch.zeros(3);
        var failure = FluentActions.Invoking(() => two.add(three)).Should().Throw<ExternalException>().Which;

        TorchRuntime.ExplainShortage(failure).Should().BeNull();
        TorchRuntime.ExplainShortage(new FileNotFoundException("none", "photo.jpg")).Should().BeNull();
        TorchRuntime.ExplainShortage(new IOException("No space left on device", 28)).Should().BeNull();
    }

    [Fact]
    public void A_loader_that_gets_no_memory_has_a_back_end_that_fits() =>
        BackEndProbe.Incompatible("libtorch_cpu.so: failed to map segment from shared object", new Version(3, 4, 30), new Version(2, 36), fault: null).Message.Should().Be(
            "There is not enough memory: the native back end of torch could not be loaded. "
            + "Use smaller batches or images, or give the process more memory (ulimit -v, the limit of a container).");

    [Fact]
    public void This_process_has_what_it_needs() => TorchRuntime.FindProcessProblem().Should().BeNull();
}

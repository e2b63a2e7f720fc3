using ResNet.Runtime;

namespace ResNet.Core.Tests.Runtime;

public class ElfVersionRequestTests
{
    private static byte[] TorchSharpLibrary()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has ELF libraries.");
        return File.ReadAllBytes(NativeFiles.TorchSharp!);
    }

    [SkippableTheory]
    [InlineData("GLIBCXX_3.4.32", true)]
    [InlineData("GLIBCXX_3.4.30", false)]
    [InlineData("GLIBCXX_3.4.3", null)]
    [InlineData("GLIBCXX_9.9.99", null)]
    public void The_cured_library_asks_weakly_for_one_version_alone(string version, bool? expected)
    {
        ElfVersionRequest.IsWeak(TorchSharpLibrary(), version).Should().Be(expected);
    }

    [Fact]
    public void What_is_no_library_is_refused()
    {
        Action read = () => ElfVersionRequest.IsWeak(new byte[1000], "GLIBCXX_3.4.32");

        read.Should().Throw<InvalidDataException>();
    }

    [SkippableFact]
    public void A_truncated_library_is_refused()
    {
        byte[] library = TorchSharpLibrary();
        for (int length = 0; length < library.Length; length += library.Length / 50)
        {
            Action read = () => ElfVersionRequest.IsWeak(library.AsSpan(0, length), "GLIBCXX_3.4.32");

            read.Should().Throw<InvalidDataException>("only {0} bytes are there", length);
        }
    }

    [Theory]
    [InlineData(null, 30, LibstdcxxCure.NotNeeded)]
    [InlineData(true, 30, LibstdcxxCure.Applied)]
    [InlineData(true, 33, LibstdcxxCure.Applied)]
    [InlineData(false, 32, LibstdcxxCure.NotAppliedNorNeeded)]
    [InlineData(false, 30, LibstdcxxCure.NotAppliedButNeeded)]
    public void The_verdict_follows_from_the_request_and_the_system(bool? isWeak, int libstdcxx, LibstdcxxCure expected)
    {
        RuntimeInspector.Cure(isWeak, new Version(3, 4, libstdcxx)).Should().Be(expected);
    }
}

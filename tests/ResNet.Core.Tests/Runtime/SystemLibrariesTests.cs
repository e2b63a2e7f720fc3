using System.Text;
using ResNet.Runtime;

namespace ResNet.Core.Tests.Runtime;

public class SystemLibrariesTests
{
    [Theory]
    [InlineData("GLIBCXX_3.4\0GLIBCXX_3.4.9\0GLIBCXX_3.4.30\0GLIBCXX_3.4.29\0GLIBCXX_TUNABLES\0", "3.4.30")]
    [InlineData("nothing of the kind\0", null)]
    [InlineData("GLIBCXX_3.4.99 without an end", null)]
    public void The_highest_version_counts(string content, string? expected)
    {
        SystemLibraries.HighestVersion(Encoding.ASCII.GetBytes(content)).Should().Be(expected is null ? null : Version.Parse(expected));
    }

    [SkippableFact]
    public void The_file_behind_a_loaded_library_is_found()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Other systems have no /proc.");
        TorchRuntime.EnsureLoaded();

        SystemLibraries.LoadedFile(NativeFiles.TorchSharpFile).Should().Be(NativeFiles.TorchSharp);
        SystemLibraries.LoadedFile("libnothing.so").Should().BeNull();
    }
}

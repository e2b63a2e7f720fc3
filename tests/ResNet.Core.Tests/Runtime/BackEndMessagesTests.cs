using ResNet.Runtime;

namespace ResNet.Core.Tests.Runtime;

public class BackEndMessagesTests
{
    private const string LoaderMessage =
        "Unable to load shared library 'LibTorchSharp' or one of its dependencies.\n"
        + "/usr/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)\n"
        + "/usr/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)\n";

    [Fact]
    public void A_missing_back_end_names_packages_for_this_platform()
    {
        BackEndMessages.Missing("linux-x64", ["/app", "/app/native"], libTorchIsMissing: true).Should().Be(
            $"No native back end of torch was found: {NativeFiles.LibTorchFile} is in none of the folders in which .NET looks (/app, /app/native). "
            + "ResNet.Core leaves the choice to the program: add one of these packages to the program's project (a library should add none), and build it "
            + $"again: libtorch-cpu-linux-x64 {BackEndMessages.LibTorchVersion} (with <RuntimeIdentifier>linux-x64</RuntimeIdentifier> in the project), "
            + $"or TorchSharp-cpu {BackEndMessages.TorchSharpVersion}, or TorchSharp-cuda-linux for NVIDIA GPUs.");
    }

    [Fact]
    public void A_platform_without_native_libraries_is_said_to_be_one()
    {
        BackEndMessages.Missing("linux-arm64", ["/app"], libTorchIsMissing: false).Should()
            .EndWith("TorchSharp has none for linux-arm64; it has them for linux-x64, win-x64, win-arm64, osx-arm64.");
    }

    [Fact]
    public void Versions_in_messages_are_those_of_the_packages()
    {
        BackEndMessages.TorchSharpVersion.Should().MatchRegex(@"^0\.\d+\.\d+$");
        TorchRuntime.Describe().LibTorchVersion.Should().StartWith(BackEndMessages.LibTorchVersion);
        BackEndMessages.LibTorchVersion.Should().MatchRegex(@"^\d+\.\d+\.\d+$");
    }

    [Fact]
    public void A_curable_libstdcxx_is_cured_by_the_build()
    {
        TorchBackendIncompatibleException fault = BackEndProbe.Incompatible(LoaderMessage, new Version(3, 4, 30), new Version(2, 36), fault: null);

        fault.MissingVersions.Should().Equal("GLIBCXX_3.4.32");
        fault.Message.Should().Be(
            "The native back end of torch needs GLIBCXX_3.4.32; this system has up to GLIBCXX_3.4.30 and glibc 2.36. Nothing in the library is "
            + "called through that version, and a build that references ResNet.Core makes it optional: reference the package ResNet.Core in the "
            + "program, do not set PatchTorchSharpForOldLibstdcxx to false, and build the program again.");
    }

    [Theory]
    [InlineData("GLIBCXX_3.4.30", 28, "2.36", "up to GLIBCXX_3.4.28 and glibc 2.36")]
    [InlineData("GLIBC_2.34", 30, "2.31", "up to GLIBCXX_3.4.30 and glibc 2.31")]
    public void A_system_below_the_floor_cannot_be_helped_by_the_build(string missing, int libstdcxx, string glibc, string found)
    {
        string loader = $"/lib/libx.so.6: version `{missing}' not found (required by /app/libLibTorchSharp.so)";

        BackEndProbe.Incompatible(loader, new Version(3, 4, libstdcxx), Version.Parse(glibc), fault: null).Message.Should().Be(
            $"The native back end of torch needs {missing}; this system has {found}. GLIBCXX_3.4.30 and glibc 2.34 are the least that can do "
            + "(GLIBCXX_3.4.32 where PatchTorchSharpForOldLibstdcxx is false): run it on Debian 12, Ubuntu 22.04 or newer, or in a container of one.");
    }

    [Fact]
    public void Another_fault_of_the_loader_is_passed_on()
    {
        TorchBackendIncompatibleException fault = BackEndProbe.Incompatible("libgomp.so.1: file too short\n", new Version(3, 4, 30), new Version(2, 36), fault: null);

        fault.MissingVersions.Should().BeEmpty();
        fault.Message.Should().StartWith(
            "The native back end of torch is there, but this system cannot load it. The system's loader says: libgomp.so.1: file too short ");
    }
}

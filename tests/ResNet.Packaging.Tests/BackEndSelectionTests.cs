using System.Text.Json;

namespace ResNet.Packaging.Tests;

public class BackEndSelectionTests
{
    private static readonly string Program = Repository.PathOf("src", "ResNet.Cli", "ResNet.Cli.csproj");
    private static readonly string Library = Repository.PathOf("src", "ResNet.Core", "ResNet.Core.csproj");

    [Theory]
    [InlineData("cuda-linux", "TorchSharp-cuda-linux")]
    [InlineData("cuda-windows", "TorchSharp-cuda-windows")]
    public void A_program_takes_the_back_end_that_is_asked_for(string backEnd, string package)
    {
        BackEnds(Program, backEnd).Should().Equal(package);
    }

    [Fact]
    public void A_program_takes_the_cpu_back_end_of_its_platform_unless_told_otherwise()
    {
        BackEnds(Program, backEnd: null).Should().ContainSingle().Which.Should().BeOneOf("libtorch-cpu-linux-x64", "TorchSharp-cpu");
    }

    [Fact]
    public void A_program_can_do_without_a_back_end()
    {
        BackEnds(Program, "none").Should().BeEmpty();
    }

    [Fact]
    public void A_library_takes_none()
    {
        BackEnds(Library, "cuda-linux").Should().BeEmpty();
    }

    [Fact]
    public void An_unknown_back_end_is_refused_with_the_choices()
    {
        Command restore = Command.Dotnet(Repository.Root, Repository.PackageCache, "msbuild", Program, "-t:Restore", "-p:TorchBackend=gpu", "-nologo");

        restore.ExitCode.Should().NotBe(0);
        restore.Output.Should().Contain("error RESNET001: Unknown TorchBackend 'gpu'. Use cpu, cuda-linux, cuda-windows or none.");
    }

    private static List<string> BackEnds(string project, string? backEnd)
    {
        string choice = backEnd is null ? "-nologo" : "-p:TorchBackend=" + backEnd;
        string json = Command.Dotnet(Repository.Root, Repository.PackageCache, "msbuild", project, choice, "-getItem:PackageReference").ShouldSucceed().Output;
        return JsonDocument.Parse(json).RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!)
            .Where(id => id.StartsWith("TorchSharp-", StringComparison.OrdinalIgnoreCase) || id.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase))
            .ToList();
    }
}

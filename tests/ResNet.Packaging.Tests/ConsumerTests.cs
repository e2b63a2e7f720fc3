namespace ResNet.Packaging.Tests;

[Collection(PackagesCollection.Name)]
public class ConsumerTests(Packages packages, ConsumerTests.Programs programs) : IClassFixture<ConsumerTests.Programs>
{
    private static readonly string[] ForLinux = OperatingSystem.IsLinux() ? ["-r", "linux-x64", "--self-contained", "false"] : [];

    [Fact]
    public void A_program_for_one_platform_builds_a_resnet_50_and_runs_it()
    {
        Command run = programs.WithBackEnd.Run("classify").ShouldSucceed();

        run.Output.Trim().Should().Be("1x1000");
        run.Errors.Should().BeEmpty();
    }

    [Fact]
    public void A_program_for_every_platform_builds_a_resnet_50_and_runs_it()
    {
        using var consumer = new Consumer(packages);
        consumer.Make("build", backEnd: true);

        consumer.Run("classify").ShouldSucceed().Output.Trim().Should().Be("1x1000");
        consumer.Files("libLibTorchSharp.so").Should().Equal(Path.Combine("runtimes", "linux-x64", "native", "libLibTorchSharp.so"));
    }

    [Fact]
    public void A_published_program_builds_a_resnet_50_and_runs_it()
    {
        using var consumer = new Consumer(packages);
        consumer.Make("publish", backEnd: true, ForLinux);

        consumer.RunProgram("classify").ShouldSucceed().Output.Trim().Should().Be("1x1000");
    }

    [SkippableFact]
    public void A_program_published_as_a_single_file_builds_a_resnet_50_and_runs_it()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Tried on Linux only.");
        using var consumer = new Consumer(packages);
        consumer.Make("publish", backEnd: true, [.. ForLinux, "-p:PublishSingleFile=true"]);

        consumer.Files("*.dll").Should().BeEmpty();
        consumer.RunProgram("classify").ShouldSucceed().Output.Trim().Should().Be("1x1000");
    }

    [Theory]
    [InlineData("load")]
    [InlineData("build")]
    [InlineData("cpu")]
    public void Without_a_back_end_the_program_is_told_to_add_one(string what)
    {
        Command run = programs.WithoutBackEnd.Run(what);

        run.ExitCode.Should().Be(3);
        run.Output.Should().BeEmpty();
        run.Errors.Should().StartWith("TorchBackendMissingException: No native back end of torch was found: ")
            .And.Contain($"TorchSharp-cpu {Repository.TorchSharpVersion}");
    }

    [SkippableFact]
    public void Without_the_cure_an_old_system_is_told_to_take_it()
    {
        using var consumer = new Consumer(packages);
        consumer.Make("build", backEnd: true, [.. ForLinux, "-p:PatchTorchSharpForOldLibstdcxx=false"]);
        Command described = consumer.Run("describe");
        Skip.IfNot(OperatingSystem.IsLinux() && !described.Errors.Contains("not applied, and not needed", StringComparison.Ordinal),
            "The libstdc++ of this system is new enough to do without the cure.");

        Command run = consumer.Run("build");

        run.ExitCode.Should().Be(3);
        run.Output.Should().BeEmpty();
        run.Errors.Should().StartWith("TorchBackendIncompatibleException: The native back end of torch needs GLIBCXX_3.4.32; this system has up to GLIBCXX_3.4.")
            .And.Contain("do not set PatchTorchSharpForOldLibstdcxx to false");
        described.Output.Should().BeEmpty();
        described.Errors.Should().Contain("libstdc++ cure: not applied, though this system needs it").And.Contain("needs GLIBCXX_3.4.32");
    }

    [Fact]
    public void Cuda_on_the_back_end_of_the_cpu_is_said_to_be_absent()
    {
        Command run = programs.WithBackEnd.Run("cuda");

        run.ExitCode.Should().Be(3);
        run.Output.Should().BeEmpty();
        run.Errors.Should().StartWith("CudaUnavailableException: 'cuda' was asked for, but the back end of this program is built for the CPU alone.");
    }

    /// <summary>The programs that several tests run, each built once.</summary>
    public sealed class Programs(Packages packages) : IDisposable
    {
        private readonly Lazy<Consumer> _withBackEnd = new(() => new Consumer(packages).Make("build", backEnd: true, ForLinux));
        private readonly Lazy<Consumer> _withoutBackEnd = new(() => new Consumer(packages).Make("build", backEnd: false, ForLinux));

        internal Consumer WithBackEnd => _withBackEnd.Value;

        internal Consumer WithoutBackEnd => _withoutBackEnd.Value;

        public void Dispose()
        {
            foreach (Lazy<Consumer> program in (Lazy<Consumer>[])[_withBackEnd, _withoutBackEnd])
            {
                if (program.IsValueCreated)
                {
                    program.Value.Dispose();
                }
            }
        }
    }
}

namespace ResNet.Packaging.Tests;

/// <summary>A program outside the repository that references the packages as anybody's would.</summary>
internal sealed class Consumer : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Consumer(Packages packages)
    {
        Directory.CreateDirectory(Project);
        string texts = Path.Combine(AppContext.BaseDirectory, "Consumer");
        File.Copy(Path.Combine(texts, "Consumer.csproj.txt"), Path.Combine(Project, "Consumer.csproj"));
        File.Copy(Path.Combine(texts, "Program.cs"), Path.Combine(Project, "Program.cs"));

        // The sources of the machine stay in force; what its cache has (libtorch alone is 155 MB) is read there, and
        // packages that live as long as this test go to a folder of their own.
        File.WriteAllText(Path.Combine(Project, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="packages-under-test" value="{packages.Feed}" /></packageSources>
              <fallbackPackageFolders><add key="cache" value="{Repository.PackageCache}" /></fallbackPackageFolders>
            </configuration>
            """);
        Version = packages.Version;
    }

    private string Version { get; }

    // What is restored and built lies beside the project, not in it, where the compiler would take it for sources.
    private string Project => _folder.PathOf("program");

    private string Output => _folder.PathOf("out");

    /// <param name="verb">build or publish.</param>
    /// <param name="backEnd">Whether the program references a native back end.</param>
    /// <param name="arguments">More arguments of dotnet.</param>
    public Consumer Make(string verb, bool backEnd, params string[] arguments)
    {
        string[] choice = !backEnd ? []
            : OperatingSystem.IsLinux() ? ["-p:BackEndPackage=libtorch-cpu-linux-x64", "-p:BackEndVersion=" + Repository.LibTorchVersion]
            : ["-p:BackEndPackage=TorchSharp-cpu", "-p:BackEndVersion=" + Repository.TorchSharpVersion];
        string[] all = [verb, "Consumer.csproj", "-c", "Release", "-o", Output, "-nologo", "-p:ResNetVersion=" + Version, .. choice, .. arguments];
        Command made = Command.Dotnet(Project, _folder.PathOf("packages"), all);
        if (made.ExitCode != 0)
        {
            Dispose();
        }

        made.ShouldSucceed();
        return this;
    }

    public Command Run(params string[] arguments)
    {
        return Command.Dotnet(Project, _folder.PathOf("packages"), [Path.Combine(Output, "Consumer.dll"), .. arguments]);
    }

    public Command RunProgram(params string[] arguments)
    {
        string extension = OperatingSystem.IsWindows() ? ".exe" : string.Empty;
        return Command.Run(Path.Combine(Output, "Consumer" + extension), Project, packages: null, arguments);
    }

    public IEnumerable<string> Files(string pattern)
    {
        return Directory.EnumerateFiles(Output, pattern, SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Output, path));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder.Path))
        {
            _folder.Dispose();
        }
    }
}

using System.IO.Compression;
using System.Xml.Linq;

namespace ResNet.Packaging.Tests;

/// <summary>All packages of this working tree, packed once into a feed of their own under a version never seen before.</summary>
public sealed class Packages : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _build = Repository.PathOf("artifacts", "packaging-tests", Guid.NewGuid().ToString("N"));

    public Packages()
    {
        try
        {
            Version = Pack();
        }
        catch
        {
            // Nobody disposes what was never made.
            Dispose();
            throw;
        }
    }

    public string Feed => _folder.PathOf("feed");

    public string Version { get; }

    public ZipArchive Open(string package, string extension = "nupkg")
    {
        return ZipFile.OpenRead(Path.Combine(Feed, $"{package}.{Version}.{extension}"));
    }

    public XElement Metadata(string package)
    {
        using ZipArchive archive = Open(package);
        using Stream stream = archive.GetEntry(package + ".nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single();
    }

    public void Dispose()
    {
        _folder.Dispose();
        if (Directory.Exists(_build))
        {
            Directory.Delete(_build, recursive: true);
        }
    }

    private string Pack()
    {
        string suffix = "test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff");
        foreach (string project in (string[])["ResNet.Core", "ResNet.Training", "ResNet.DependencyInjection", "ResNet.Onnx"])
        {
            // A build folder of its own leaves alone what the repository has built. It lies in the repository, as a
            // release's does, so that the compiler maps its paths.
            Command.Dotnet(Repository.Root, Repository.PackageCache, "pack", Repository.PathOf("src", project, project + ".csproj"),
                "-c", "Release", "--version-suffix", suffix, "-o", Feed, "--artifacts-path", _build, "-nologo",
                "-p:ContinuousIntegrationBuild=true").ShouldSucceed();
        }

        string core = Directory.GetFiles(Feed, "ResNet.Core.*.nupkg").Single();
        return Path.GetFileNameWithoutExtension(core)["ResNet.Core.".Length..];
    }
}

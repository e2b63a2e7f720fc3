using System.IO.Compression;
using System.Xml.Linq;

namespace ResNet.Packaging.Tests;

/// <summary>Both packages of this working tree, packed once into a feed of their own under a version never seen before.</summary>
public sealed class Packages : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Packages()
    {
        string suffix = "test." + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff");
        foreach (string project in (string[])["ResNet.Core", "ResNet.Training"])
        {
            // Its own folder for what is built: the repository's stays as it is, and so do the programs that run from there.
            Command.Dotnet(Repository.Root, Repository.PackageCache, "pack", Repository.PathOf("src", project, project + ".csproj"),
                "-c", "Release", "--version-suffix", suffix, "-o", Feed, "--artifacts-path", _folder.PathOf("build"), "-nologo",
                "-p:ContinuousIntegrationBuild=true").ShouldSucceed();
        }

        string core = Directory.GetFiles(Feed, "ResNet.Core.*.nupkg").Single();
        Version = Path.GetFileNameWithoutExtension(core)["ResNet.Core.".Length..];
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
    }
}

[CollectionDefinition(Name)]
public sealed class PackagesCollection : ICollectionFixture<Packages>
{
    public const string Name = "packages";
}

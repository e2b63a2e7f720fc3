using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace ResNet.Packaging.Tests;

[Collection(PackagesCollection.Name)]
public class PackageContentTests(Packages packages)
{
    [Theory]
    [InlineData("ResNet.Core")]
    [InlineData("ResNet.Training")]
    [InlineData("ResNet.DependencyInjection")]
    [InlineData("ResNet.Onnx")]
    public void A_package_brings_its_readme_its_licence_its_documentation_and_its_symbols(string package)
    {
        using ZipArchive archive = packages.Open(package);
        using ZipArchive symbols = packages.Open(package, "snupkg");
        XElement metadata = packages.Metadata(package);

        Names(archive).Should().Contain(["README.md", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"]);
        Names(symbols).Should().Contain($"lib/net10.0/{package}.pdb");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "license").Should().Be("MIT");
        metadata.Element(metadata.Name.Namespace + "license")!.Attribute("type")!.Value.Should().Be("expression");
        Value(metadata, "description").Should().NotBeNullOrWhiteSpace();
        Value(metadata, "tags").Should().Contain("resnet");
    }

    [Fact]
    public void Core_brings_the_cure_to_whoever_references_it()
    {
        using ZipArchive archive = packages.Open("ResNet.Core");

        Names(archive).Where(name => name.StartsWith("build", StringComparison.Ordinal)).Should()
            .BeEquivalentTo("buildTransitive/ResNet.Core.targets", "buildTransitive/WeakenGlibcxxVersion.cs");
    }

    [Theory]
    [InlineData("ResNet.Training")]
    [InlineData("ResNet.DependencyInjection")]
    [InlineData("ResNet.Onnx")]
    public void The_others_depend_on_the_core_of_the_same_version_with_its_build_files(string package)
    {
        XElement core = Dependencies(package).Single(dependency => dependency.Attribute("id")!.Value == "ResNet.Core");

        core.Attribute("version")!.Value.Should().Be(packages.Version);
        (core.Attribute("exclude")?.Value ?? string.Empty).Should().NotContain("BuildTransitive");
    }

    [Theory]
    [InlineData("ResNet.Core")]
    [InlineData("ResNet.Training")]
    [InlineData("ResNet.DependencyInjection")]
    [InlineData("ResNet.Onnx")]
    public void A_package_brings_neither_a_back_end_nor_an_analyzer(string package)
    {
        string[] unwanted = ["libtorch", "TorchSharp-", "Analyzer", "xunit", "Grpc.Tools"];

        Dependencies(package).Select(dependency => dependency.Attribute("id")!.Value)
            .Should().NotContain(id => unwanted.Any(part => id.Contains(part, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [InlineData("ResNet.Core")]
    [InlineData("ResNet.Training")]
    [InlineData("ResNet.DependencyInjection")]
    [InlineData("ResNet.Onnx")]
    public void A_package_tells_nothing_of_the_machine_that_built_it(string package)
    {
        XElement metadata = packages.Metadata(package);
        string library = Encoding.Latin1.GetString(Library(package));

        metadata.Element(metadata.Name.Namespace + "repository")?.Attribute("url").Should().BeNull();
        library.Contains(Path.TrimEndingDirectorySeparator(Repository.Root), StringComparison.Ordinal).Should().BeFalse();
    }

    [Theory]
    [InlineData("ResNet.Core")]
    [InlineData("ResNet.Training")]
    [InlineData("ResNet.DependencyInjection")]
    [InlineData("ResNet.Onnx")]
    public void Every_public_type_is_in_the_tracked_api(string package)
    {
        var tracked = new[] { "Shipped", "Unshipped" }
            .SelectMany(kind => File.ReadLines(Repository.PathOf("src", package, $"PublicAPI.{kind}.txt"))).ToHashSet(StringComparer.Ordinal);

        PublicTypes(package).Should().NotContain(type => !tracked.Contains(type));
    }

    private static List<string> Names(ZipArchive archive)
    {
        return archive.Entries.Select(entry => entry.FullName).ToList();
    }

    private static string? Value(XElement metadata, string name)
    {
        return metadata.Element(metadata.Name.Namespace + name)?.Value;
    }

    private List<XElement> Dependencies(string package)
    {
        return packages.Metadata(package).Descendants().Where(element => element.Name.LocalName == "dependency").ToList();
    }

    private byte[] Library(string package)
    {
        using ZipArchive archive = packages.Open(package);
        using Stream stream = archive.GetEntry($"lib/net10.0/{package}.dll")!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Full names of the public types that are neither nested nor generic, as the tracked API spells them.</summary>
    private List<string> PublicTypes(string package)
    {
        using var file = new PEReader(new MemoryStream(Library(package)));
        MetadataReader reader = file.GetMetadataReader();
        return reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(type => (type.Attributes & System.Reflection.TypeAttributes.VisibilityMask) == System.Reflection.TypeAttributes.Public)
            .Select(type => reader.GetString(type.Namespace) + "." + reader.GetString(type.Name))
            .Where(name => !name.Contains('`', StringComparison.Ordinal))
            .ToList();
    }
}

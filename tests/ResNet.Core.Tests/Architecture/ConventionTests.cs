using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ResNet.Core.Tests.Architecture;

public sealed class ConventionTests
{
    private const int MostLines = 300;

    [Fact]
    public void Source_files_are_short() =>
        SourceFile.All().Where(file => file.LineCount > MostLines).Select(file => $"{file.Project}/{file.Path}: {file.LineCount}").Should().BeEmpty();

    [Fact]
    public void Every_file_holds_one_type_and_is_named_after_it()
    {
        var libraries = SourceFile.All().Where(file => file.Name != "Program").ToList();
        libraries.Should().HaveCountGreaterThan(50);
        libraries.Where(file => file.TopLevelTypes is not [var type] || file.Name.Split('.', '{')[0] != type)
            .Select(file => $"{file.Project}/{file.Path}: {string.Join(", ", file.TopLevelTypes)}").Should().BeEmpty();
    }

    [Fact]
    public void Namespaces_are_folders_in_the_core_and_one_in_the_packages_on_it()
    {
        string Expected(SourceFile file) => file.Name switch
        {
            // Where programs look for it: they have the namespace open wherever they register services.
            "ImageClassifierServiceCollectionExtensions" => "Microsoft.Extensions.DependencyInjection",
            _ when file.Project != "ResNet.Core" => file.Project,
            _ => file.Room.Length == 0 ? "ResNet" : $"ResNet.{file.Room}",
        };
        SourceFile.All().Where(file => file.Project is "ResNet.Core" or "ResNet.Training" or "ResNet.DependencyInjection")
            .Where(file => !file.Code.Contains($"namespace {Expected(file)};")).Select(file => file.Path).Should().BeEmpty();
    }

    [Fact]
    public void Classes_are_sealed_abstract_or_static()
    {
        var open = SourceFile.All().Where(file => Regex.IsMatch(
            file.Code, @"^(?!.*\b(sealed|abstract|static)\b)(public|internal) (partial )?(class|record) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)));
        open.Select(file => $"{file.Project}/{file.Path}").Should().BeEmpty();
    }

    [Fact]
    public void Public_classes_are_sealed_abstract_or_static() =>
        typeof(ResNetModel).Assembly.GetExportedTypes().Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract).Should().BeEmpty();

    [Fact]
    public void Public_types_and_the_values_of_enums_are_documented()
    {
        var assembly = typeof(ResNetModel).Assembly;
        var documented = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is { } summary && !string.IsNullOrWhiteSpace(summary.Value))
            .Select(member => member.Attribute("name")!.Value).ToHashSet();

        var types = assembly.GetExportedTypes();
        var values = types.Where(type => type.IsEnum).SelectMany(type => Enum.GetNames(type).Select(name => $"F:{type.FullName}.{name}"));

        types.Select(type => $"T:{type.FullName!.Replace('+', '.')}").Concat(values).Where(name => !documented.Contains(name)).Should().BeEmpty();
    }
}

using System.Text.RegularExpressions;

namespace ResNet.Core.Tests.Architecture;

/// <summary>A source file of a project under <c>src</c>, without its comments and strings.</summary>
internal sealed partial class SourceFile
{
    private SourceFile(string project, string path, string text)
    {
        Project = project;
        Path = path;
        LineCount = text.AsSpan().Count('\n');
        Code = CommentsAndStrings().Replace(text, " ");
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        Room = slash < 0 ? string.Empty : path[..slash];
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
    }

    public string Project { get; }

    /// <summary>Relative to the project, with slashes.</summary>
    public string Path { get; }

    /// <summary>The first folder; empty for files beside the project file.</summary>
    public string Room { get; }

    public string Name { get; }

    public int LineCount { get; }

    public string Code { get; }

    public IReadOnlyList<string> TopLevelTypes => [.. TypeDeclaration().Matches(Code).Select(match => match.Groups["name"].Value)];

    /// <summary>Whether the code names the type, other than as a member of something.</summary>
    public bool Names(string type) => Regex.IsMatch(Code, $@"(?<![\w.]){type}\b", RegexOptions.None, TimeSpan.FromSeconds(5));

    /// <summary>Whether the code opens the namespace or names it before a dot.</summary>
    public bool Opens(string room) => Regex.IsMatch(Code, $@"using ResNet\.{room}\b|(?<![\w.])(ResNet\.)?{room}\.[A-Z]", RegexOptions.None, TimeSpan.FromSeconds(5));

    public static IReadOnlyList<SourceFile> Of(string project)
    {
        string root = Repository.PathTo("src", project);
        return [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Full: path, Relative: System.IO.Path.GetRelativePath(root, path).Replace('\\', '/')))
            .Where(file => !file.Relative.StartsWith("obj/", StringComparison.Ordinal) && !file.Relative.StartsWith("bin/", StringComparison.Ordinal))
            .Select(file => new SourceFile(project, file.Relative, File.ReadAllText(file.Full)))];
    }

    public static IReadOnlyList<SourceFile> All() =>
        [.. Directory.EnumerateDirectories(Repository.PathTo("src")).SelectMany(folder => Of(System.IO.Path.GetFileName(folder)))];

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|\$*"{3,}.*?"{3,}|\$?@\$?"(?:[^"]|"")*"|\$?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'""", RegexOptions.Singleline)]
    private static partial Regex CommentsAndStrings();

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|abstract|static|readonly|partial|unsafe|ref) )+(?:class|record struct|record|struct|interface|enum|delegate [\w<>?\[\]]+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}

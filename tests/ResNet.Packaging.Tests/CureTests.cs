using System.Runtime.InteropServices;

namespace ResNet.Packaging.Tests;

public partial class CureTests(CureTests.Cases cases) : IClassFixture<CureTests.Cases>
{
    private static readonly byte[] Original = File.ReadAllBytes(Repository.TorchSharpLibrary);

    [Fact]
    public void The_cured_copy_differs_in_one_byte_the_weak_flag()
    {
        byte[] cured = File.ReadAllBytes(cases.Of("cured"));

        cured.Should().HaveSameCount(Original);
        int at = Enumerable.Range(0, cured.Length).Should().ContainSingle(i => cured[i] != Original[i]).Subject;
        cured[at].Should().Be((byte)(Original[at] | 2));
    }

    [Fact]
    public void Curing_a_cured_file_changes_nothing()
    {
        File.ReadAllBytes(cases.Of("twice")).Should().Equal(File.ReadAllBytes(cases.Of("cured")));
    }

    [Fact]
    public void A_destination_that_is_up_to_date_is_not_written_again()
    {
        File.GetLastWriteTimeUtc(cases.Of("fresh")).Should().Be(Cases.LongAgo);
    }

    [Theory]
    [InlineData("stale")]
    [InlineData("uncured")]
    public void Another_destination_is_replaced(string name)
    {
        File.ReadAllBytes(cases.Of(name)).Should().Equal(File.ReadAllBytes(cases.Of("cured")));
    }

    [Fact]
    public void The_package_cache_stays_as_it_was_even_where_the_destination_is_a_link_to_it()
    {
        File.ReadAllBytes(cases.Link).Should().Equal(Original, "the destination was a hard link to the same file");
        File.ReadAllBytes(Repository.TorchSharpLibrary).Should().Equal(Original);
    }

    [SkippableFact]
    public void Another_library_is_copied_as_it_is()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has ELF libraries.");

        File.ReadAllBytes(cases.Of("other")).Should().Equal(File.ReadAllBytes(Cases.OtherLibrary));
    }

    [Fact]
    public void A_text_is_refused_with_its_name_and_what_to_do()
    {
        File.Exists(cases.Of("text")).Should().BeFalse();
        cases.Said("text").Should().Contain("RESNET002").And.Contain(
            $"'{cases.SourceOf("text")}' is not a library that can be made loadable on systems with an older libstdc++: it is not a 64-bit "
            + "little-endian ELF file. Restore the TorchSharp package again, or set PatchTorchSharpForOldLibstdcxx to false.");
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        cases.Said("absent").Should().Contain("RESNET002").And.Contain($"'{cases.SourceOf("absent")}' cannot be read: ");
    }

    [Fact]
    public void A_library_cut_anywhere_is_refused_with_its_name()
    {
        foreach (string name in Cases.Cuts)
        {
            File.Exists(cases.Of(name)).Should().BeFalse("{0} bytes are no library", name);
            cases.Said(name).Should().Contain("RESNET002", "{0} bytes are no library", name).And.Contain($"'{cases.SourceOf(name)}'");
        }
    }

    /// <summary>All cases in one run of MSBuild, which takes seconds to start.</summary>
    public sealed partial class Cases : IDisposable
    {
        public static readonly DateTime LongAgo = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        public static readonly string[] Cuts = CutLengths().Select(length => $"cut{length}").ToArray();

        private readonly TemporaryFolder _folder = new();
        private readonly string[] _lines;

        public Cases()
        {
            File.WriteAllText(SourceOf("text"), "A text, long enough to hold the header of a library: " + new string('x', 100));
            Array.ForEach(Cuts, name => File.WriteAllBytes(SourceOf(name), Original[..int.Parse(name[3..])]));

            Directory.CreateDirectory(_folder.PathOf("out"));
            File.WriteAllText(Of("stale"), "something else");
            File.WriteAllBytes(Of("uncured"), Original);
            File.WriteAllBytes(Link, Original);
            MakeLink(Link, Of("linked"));

            File.WriteAllText(_folder.PathOf("cases.proj"), Project());
            Command run = Command.Dotnet(_folder.Path, Repository.PackageCache, "msbuild", "cases.proj", "-nologo", "-v:minimal").ShouldSucceed();
            _lines = run.Output.Split('\n');
        }

        public static string OtherLibrary { get; } = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/maps").First(line => line.EndsWith("libc.so.6", StringComparison.Ordinal)).Split(' ')[^1]
            : Repository.TorchSharpLibrary;

        public string Link => _folder.PathOf("link.so");

        public string Of(string name)
        {
            return _folder.PathOf("out", name + ".so");
        }

        public string SourceOf(string name)
        {
            return _folder.PathOf(name + ".so");
        }

        public string Said(string name)
        {
            return string.Join('\n', _lines.Where(line => line.Contains(SourceOf(name), StringComparison.Ordinal)));
        }

        public void Dispose()
        {
            _folder.Dispose();
        }

        private static IEnumerable<int> CutLengths()
        {
            int length = Original.Length;
            return Enumerable.Range(0, 40).Select(i => (int)((long)length * i / 40)).Concat([1, 63, 64, 65, length - 64, length - 1]);
        }

        private string Project()
        {
            string real = Repository.TorchSharpLibrary;
            var tasks = new List<string>
            {
                Task(real, Of("cured")),
                Task(Of("cured"), Of("twice")),
                Task(real, Of("fresh")),
                $"""<Touch Files="{Of("fresh")}" Time="{LongAgo.ToLocalTime():yyyy-MM-dd HH:mm:ss}" />""",
                Task(real, Of("fresh")),
                Task(real, Of("stale")),
                Task(real, Of("uncured")),
                Task(real, Of("linked")),
                Task(OtherLibrary, Of("other")),
                Task(SourceOf("text"), Of("text")),
                Task(SourceOf("absent"), Of("absent")),
            };
            tasks.AddRange(Cuts.Select(name => Task(SourceOf(name), Of(name))));
            return $"""
                <Project DefaultTargets="Cases">
                  <Import Project="{Repository.PathOf("eng", "ResNet.Core.targets")}" />
                  <Target Name="Cases">
                    {string.Join("\n    ", tasks)}
                  </Target>
                </Project>
                """;
        }

        private static string Task(string source, string destination)
        {
            return $"""<ResNet.Build.WeakenGlibcxxVersion Source="{source}" Destination="{destination}" ContinueOnError="true" />""";
        }

        private static void MakeLink(string existing, string link)
        {
            if (OperatingSystem.IsWindows())
            {
                File.Copy(existing, link);
            }
            else if (HardLink(existing, link) != 0)
            {
                throw new IOException($"'{link}' could not be linked to '{existing}'.");
            }
        }

        [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
        private static partial int HardLink(string existing, string link);
    }
}

using ResNet.Downloading;

namespace ResNet.Core.Tests.Downloading;

/// <summary>Environment variables belong to the process; the tests of this assembly run one after the other.</summary>
public sealed class CacheFolderTests : IDisposable
{
    private static readonly string[] Variables = ["RESNET_CACHE", "RESNET_MIRROR", "XDG_CACHE_HOME", "HOME", "TMPDIR"];
    private readonly string?[] _before = Array.ConvertAll(Variables, Environment.GetEnvironmentVariable);

    public void Dispose()
    {
        for (int i = 0; i < Variables.Length; i++)
        {
            Environment.SetEnvironmentVariable(Variables[i], _before[i]);
        }
    }

    [Fact]
    public void The_environment_names_the_folder()
    {
        Environment.SetEnvironmentVariable("RESNET_CACHE", "/data/weights");
        new DownloadOptions().CacheFolder.Should().Be("/data/weights");
    }

    [SkippableFact]
    public void Linux_has_a_folder_for_caches()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        Environment.SetEnvironmentVariable("RESNET_CACHE", null);
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", "/var/my-cache");
        new DownloadOptions().CacheFolder.Should().Be("/var/my-cache/resnet");

        using var home = new TemporaryFolder();
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", "relative");
        Environment.SetEnvironmentVariable("HOME", home.Root);
        new DownloadOptions().CacheFolder.Should().Be(home.PathTo(".cache", "resnet"));
    }

    [SkippableTheory]
    [InlineData("/nonexistent")]
    [InlineData("")]
    [InlineData("relative")]
    [InlineData("/dev/null")]
    [InlineData(null)]
    public void Without_a_usable_home_the_list_of_users_names_one_and_never_the_current_folder(string? home)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        Unset("RESNET_CACHE", "XDG_CACHE_HOME");
        Environment.SetEnvironmentVariable("HOME", home);
        string name = Environment.UserName;
        string[]? user = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == name);
        Skip.If(user is null || !Directory.Exists(user[5]), "this user has no home in /etc/passwd");

        new DownloadOptions().CacheFolder.Should().Be(Path.Combine(user![5], ".cache", "resnet"));
    }

    [SkippableFact]
    public void A_folder_among_the_temporary_files_is_the_users_own()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        using var temporary = new TemporaryFolder();
        Environment.SetEnvironmentVariable("TMPDIR", temporary.Root);

        string folder = HomeFolder.Temporary("cache");

        Path.GetDirectoryName(folder).Should().Be(temporary.Root);
        SpecialFiles.Mode(folder).Should().Be(Convert.ToInt32("700", 8));
        HomeFolder.Temporary("cache").Should().Be(folder);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_among_the_temporary_files_that_others_may_change_is_refused(bool isLink)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        using var temporary = new TemporaryFolder();
        Environment.SetEnvironmentVariable("TMPDIR", temporary.Root);
        string folder = HomeFolder.Temporary("cache");
        if (isLink)
        {
            Directory.Move(folder, temporary.PathTo("elsewhere"));
            Directory.CreateSymbolicLink(folder, temporary.PathTo("elsewhere"));
        }
        else
        {
            SpecialFiles.Shell("chmod o+w \"$1\"", folder);
        }

        FluentActions.Invoking(() => HomeFolder.Temporary("cache")).Should().Throw<IOException>().WithMessage(
            $"There is no folder to keep files in: *{folder} cannot be used (it belongs to another user, or others may write there). Name one with RESNET_CACHE.");
    }

    [Fact]
    public void A_home_below_a_file_cannot_hold_a_folder()
    {
        using var temporary = new TemporaryFolder();
        File.WriteAllText(temporary.PathTo("file"), "");

        HomeFolder.CanHold(temporary.PathTo("file", ".cache")).Should().Be(!OperatingSystem.IsLinux());
        HomeFolder.CanHold(temporary.PathTo("new", ".cache")).Should().BeTrue();
    }

    private static void Unset(params string[] names) => Array.ForEach(names, name => Environment.SetEnvironmentVariable(name, null));

    [Fact]
    public void The_environment_names_a_mirror()
    {
        Environment.SetEnvironmentVariable("RESNET_MIRROR", "https://mirror.example/models");
        new DownloadOptions().Mirror.Should().Be(new Uri("https://mirror.example/models"));
    }

    [Fact]
    public void A_mirror_that_is_no_address_is_refused()
    {
        Environment.SetEnvironmentVariable("RESNET_MIRROR", "mirror.example");
        FluentActions.Invoking(() => new DownloadOptions().Mirror).Should().Throw<ArgumentException>()
            .WithMessage("The environment variable RESNET_MIRROR is 'mirror.example'; it must be an address that begins with https:// or http:// and holds no password.*");
        var given = new DownloadOptions { Mirror = new Uri("https://mirror.example") };
        given.Mirror.Should().Be(new Uri("https://mirror.example"), "what is given makes the variable irrelevant");
        (new DownloadOptions { Mirror = null }).Mirror.Should().BeNull();
    }

    [Fact]
    public void A_password_in_the_mirrors_address_is_refused() =>
        FluentActions.Invoking(() => new DownloadOptions { Mirror = new Uri("https://user:secret@mirror.example") })
            .Should().Throw<ArgumentException>().WithMessage("*holds no password*");

    [Fact]
    public void Times_that_no_timer_counts_are_refused()
    {
        FluentActions.Invoking(() => new DownloadOptions { StallTimeout = TimeSpan.FromDays(60) }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new DownloadOptions { FirstPause = TimeSpan.FromDays(60) }).Should().Throw<ArgumentOutOfRangeException>();
        new DownloadOptions { StallTimeout = Timeout.InfiniteTimeSpan }.StallTimeout.Should().Be(Timeout.InfiniteTimeSpan);
    }
}

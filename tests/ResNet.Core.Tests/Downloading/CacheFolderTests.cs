using ResNet.Downloading;

namespace ResNet.Core.Tests.Downloading;

/// <summary>Environment variables belong to the process; the tests of this assembly run one after the other.</summary>
public sealed class CacheFolderTests : IDisposable
{
    private static readonly string[] Variables = ["RESNET_CACHE", "RESNET_MIRROR", "XDG_CACHE_HOME"];
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

        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", "relative");
        new DownloadOptions().CacheFolder.Should().EndWith("/.cache/resnet");
    }

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

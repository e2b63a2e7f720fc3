using System.Text;

namespace ResNet.Cli.Tests;

public sealed class DownloadDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("cifar10", "cifar-10-binary.tar.gz")]
    [InlineData("CIFAR100", "cifar-100-binary.tar.gz")]
    public void What_is_not_the_published_archive_is_refused_and_not_kept(string name, string fileName)
    {
        using var server = new TestServer(exchange => exchange.FileAsync(Encoding.ASCII.GetBytes("something else")));

        var (code, output, errors) = ResnetProcess.Run("download", name, "--cache", _folder.PathTo("cache"), "--mirror", server.Root.AbsoluteUri);

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().Contain(fileName).And.NotContain("   at ");
        server.Exchanges.Should().NotBeEmpty().And.OnlyContain(exchange => exchange.Path == $"/~kriz/{fileName}");
        File.Exists(_folder.PathTo("cache", fileName)).Should().BeFalse();
    }

    [Fact]
    public void The_list_names_data_sets_too()
    {
        ResnetProcess.Run("download", "--list").Output.Should().Contain("cifar10: a data set, 60,000 pictures of 32x32 in 10 classes");
    }

    public void Dispose() => _folder.Dispose();
}

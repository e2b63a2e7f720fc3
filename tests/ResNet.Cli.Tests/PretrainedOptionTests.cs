namespace ResNet.Cli.Tests;

/// <summary>What commands do with a name of published weights. They learn of cache and mirror from the environment.</summary>
[Collection(OwnEnvironment.Name)]
public sealed class PretrainedOptionTests : IDisposable
{
    private const string Name = "resnet20-cifar.cifar10_akamaster";
    private readonly TemporaryFolder _folder = new();
    private readonly TestServer _server = new(exchange => exchange.StatusAsync("404 Not Found"));

    public PretrainedOptionTests()
    {
        Environment.SetEnvironmentVariable("RESNET_CACHE", _folder.PathTo("cache"));
        Environment.SetEnvironmentVariable("RESNET_MIRROR", _server.Root.AbsoluteUri);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("RESNET_CACHE", null);
        Environment.SetEnvironmentVariable("RESNET_MIRROR", null);
        _server.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("classify", "photo.jpg")]
    [InlineData("evaluate", "--data", "pictures")]
    public void A_name_of_published_weights_is_fetched(params string[] args)
    {
        var (code, _, errors) = ResnetProcess.Run([.. args, "--weights", Name]);

        code.Should().Be(1);
        errors.Should().Contain("resnet20-12fca82f.th: the server has no such file (404) (asked at the mirror: http://127.0.0.1:");
        _server.Exchanges.Should().ContainSingle();
    }

    [Fact]
    public void A_file_of_that_name_comes_first()
    {
        File.WriteAllText(_folder.PathTo("resnet50"), "no weights");
        using var process = new ResnetProcess(_folder.Root, "classify", "photo.jpg", "--weights", "resnet50");

        process.Finish().ExitCode.Should().Be(1);

        _server.Exchanges.Should().BeEmpty();
    }

    [Fact]
    public void What_is_neither_file_nor_name_lists_the_nearest_names()
    {
        var (code, _, errors) = ResnetProcess.Run("classify", "photo.jpg", "--weights", "resnet51");

        code.Should().Be(1);
        errors.Should().Contain("There is no file 'resnet51'. There are no pretrained weights named 'resnet51'. The nearest names are resnet50, ");
    }

    [Fact]
    public void Published_networks_are_summed_up_without_being_fetched()
    {
        var (code, output, errors) = ResnetProcess.Run("summary", Name);

        code.Should().Be(0, errors);
        output.Should().Contain("depth 20, 269,722 parameters");
        _server.Exchanges.Should().BeEmpty();
    }

    [Theory]
    [InlineData("resnext50_32x4d", "25,028,904")]
    [InlineData("wide_resnet50_2", "68,883,240")]
    public void Torchvisions_names_of_wider_networks_are_known(string name, string parameters) =>
        ResnetProcess.Run("summary", name).Output.Should().Contain($"depth 50, {parameters} parameters");
}

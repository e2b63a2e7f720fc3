using System.Text.Json;

namespace ResNet.Cli.Tests;

/// <summary>How a network is drawn that is trained from scratch.</summary>
public sealed class FreshNetworkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_ImageNet_network_of_few_classes_begins_with_small_scores()
    {
        PicturesOnDisk.Write(_folder.PathTo("images"), 24, 12);

        var (code, output, errors) = ResnetProcess.Run(
            "train", "--data", _folder.PathTo("images"), "--arch", "resnet18", "--iterations", "1", "--batch-size", "6", "--output", _folder.PathTo("run"), "--json");

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        document.RootElement.GetProperty("trainLoss").GetDouble().Should().BeLessThan(4, "chance is ln 12 = 2.48; the paper's classifier would begin near 10");
    }
}

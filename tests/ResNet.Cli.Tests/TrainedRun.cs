using System.Text.Json;

namespace ResNet.Cli.Tests;

/// <summary>A folder of drawn pictures and a short run of <c>resnet train</c> on it, made once for all tests of a class.</summary>
public sealed class TrainedRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainedRun()
    {
        PicturesOnDisk.Write(PathTo("pictures"), 240, 60);
        File.WriteAllText(PathTo("pictures", "train", "arrow", "broken.png"), "no picture");
        Result = ResnetProcess.Run(
            "train", "--data", PathTo("pictures"), "--arch", "resnet8-cifar", "--iterations", "30", "--batch-size", "32", "--output", PathTo("run"), "--json");
    }

    public (int ExitCode, string Output, string Errors) Result { get; }

    public string Weights => PathTo("run", "best.safetensors");

    public string PathTo(params string[] parts) => _folder.PathTo(parts);

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Result.Output);
        return document.RootElement.Clone();
    }

    public void Dispose() => _folder.Dispose();
}

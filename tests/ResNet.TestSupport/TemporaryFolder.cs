namespace ResNet.TestSupport;

/// <summary>An empty folder that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Root = Directory.CreateTempSubdirectory("resnet-test-").FullName;
    }

    public string Root { get; }

    public string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

namespace ResNet.Packaging.Tests;

/// <summary>A folder outside the repository, which goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("resnet-packaging-").FullName;

    public string PathOf(params string[] parts)
    {
        return System.IO.Path.Combine([Path, .. parts]);
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
    }
}

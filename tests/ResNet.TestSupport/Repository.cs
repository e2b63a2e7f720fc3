namespace ResNet.TestSupport;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ResNet.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No ResNet.sln above {start}; the tests run from a checkout.");
    }
}

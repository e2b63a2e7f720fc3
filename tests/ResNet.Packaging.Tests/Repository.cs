using System.Reflection;

namespace ResNet.Packaging.Tests;

/// <summary>Where the repository and the package cache of this build lie, and the versions it uses.</summary>
internal static class Repository
{
    public static string Root => Fact("RepositoryRoot");

    public static string PackageCache => Fact("PackageCache");

    public static string TorchSharpVersion => Fact("TorchSharpVersion");

    public static string LibTorchVersion => Fact("LibTorchVersion");

    public static string TorchSharpLibrary =>
        Path.Combine(PackageCache, "torchsharp", TorchSharpVersion, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    public static string PathOf(params string[] parts)
    {
        return Path.Combine([Root, .. parts]);
    }

    private static string Fact(string key)
    {
        return typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == key).Value!;
    }
}

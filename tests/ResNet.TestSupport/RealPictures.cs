using System.Diagnostics;
using System.Formats.Tar;

namespace ResNet.TestSupport;

/// <summary>The archives of real pictures beside the checkout, unpacked once into a folder of the machine's temporary files.</summary>
public static class RealPictures
{
    public const string WhySkipped = "needs ../shared/data (and the program tar, with xz, for .tar.xz)";

    private static readonly Lock Unpacking = new();

    /// <summary>245 + 153 photos of ants and bees in <c>train</c> and <c>val</c>; null where they are not there.</summary>
    public static string? Hymenoptera() =>
        Unpacked("hymenoptera.tar", static (archive, folder) => TarFile.ExtractToDirectory(archive, folder, overwriteFiles: false));

    /// <summary>The 50,000 + 10,000 pictures of CIFAR-10 as JPEG files in <c>train</c> and <c>test</c>; null where they are not there.</summary>
    public static string? Cifar10() => Unpacked("cifar10-jpeg.tar.xz", RunTar);

    private static string? Unpacked(string name, Action<string, string> unpack)
    {
        string archive = Oracle.PathTo("data", name);
        if (!File.Exists(archive))
        {
            return null;
        }

        string cache = Path.Combine(Path.GetTempPath(), "resnet-test-pictures");
        string target = Path.Combine(cache, $"{name}-{new FileInfo(archive).Length}");
        lock (Unpacking)
        {
            if (!Directory.Exists(target))
            {
                // Moved into place when complete: another process, or the next run after a kill, sees all of it or nothing.
                string partial = Directory.CreateDirectory(Path.Combine(cache, $"{Guid.NewGuid():N}.partial")).FullName;
                unpack(archive, partial);
                try
                {
                    Directory.Move(partial, target);
                }
                catch (IOException) when (Directory.Exists(target))
                {
                    Directory.Delete(partial, recursive: true);
                }
            }
        }

        return target;
    }

    private static void RunTar(string archive, string folder)
    {
        using var tar = Process.Start("tar", ["-xf", archive, "-C", folder]);
        tar.WaitForExit();
        if (tar.ExitCode != 0)
        {
            throw new InvalidOperationException($"tar could not unpack {archive}: exit code {tar.ExitCode}.");
        }
    }
}

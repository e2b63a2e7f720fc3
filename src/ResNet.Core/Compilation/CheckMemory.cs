using System.Security.Cryptography;
using System.Text;
using ResNet.Downloading;
using ResNet.Runtime;

namespace ResNet.Compilation;

/// <summary>
/// Remembers passed self-checks as empty files whose names stand for all that decides which kernels run: processor, libraries, environment, network, engine and size.
/// Only passes are remembered: after a failure the next process looks again.
/// </summary>
internal sealed class CheckMemory
{
    private readonly string? _path;

    private CheckMemory(string? path) => _path = path;

    public bool IsPassed => File.Exists(_path);

    public static CheckMemory Of(ResNetOptions network, Device device, CompiledEngine engine, CompilePrecision precision, int threadCount, int height, int width)
    {
        string[] parts =
        [
            .. KernelEnvironment.Facts(device), typeof(CheckMemory).Assembly.ManifestModule.ModuleVersionId.ToString(),
            network.ToString(), string.Join(',', network.BlocksPerStage), engine.ToString(), precision.ToString(),
            FormattableString.Invariant($"{threadCount} {height} {width}"),
        ];
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return new CheckMemory(CacheLocation.TryDefault() is not { } folder ? null : Path.Combine(folder, "compiled", Convert.ToHexStringLower(hash.AsSpan(0, 16)) + ".passed"));
    }

    /// <summary>A folder that cannot be written only means that the next process checks again.</summary>
    public void NotePassed()
    {
        if (_path is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllBytes(_path, []);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}

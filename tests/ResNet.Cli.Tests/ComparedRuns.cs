using System.Globalization;
using System.Security.Cryptography;
using ResNet.Weights;

namespace ResNet.Cli.Tests;

/// <summary>Runs of <c>resnet train</c> on the same pictures with the same options, to hold one that was disturbed against one that was not.</summary>
internal sealed class ComparedRuns : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _options;

    public ComparedRuns(int iterations, int checkpointIterations)
    {
        PicturesOnDisk.Write(_folder.PathTo("pictures"), 240, 60);
        _options =
        [
            "train", "--data", _folder.PathTo("pictures"), "--arch", "resnet8-cifar", "--iterations", $"{iterations}", "--batch-size", "16", "--seed", "3",
            "--checkpoint-iterations", $"{checkpointIterations}", "--precision", "fp32", "--json",
        ];
    }

    public string Disturbed => _folder.PathTo("disturbed");

    private string Whole => _folder.PathTo("whole");

    public string CheckpointFolder => Path.Combine(Disturbed, "checkpoints");

    public string Root => _folder.Root;

    public void Dispose() => _folder.Dispose();

    public void RunWhole()
    {
        var (code, _, errors) = Begin(Whole).Finish();
        code.Should().Be(0, errors);
    }

    /// <summary>Goes on with the disturbed run, or begins it where nothing has done so yet.</summary>
    public ResnetProcess GoOn() =>
        File.Exists(Path.Combine(Disturbed, "command.json")) ? new ResnetProcess(_folder.Root, "train", "--resume", Disturbed, "--json") : Begin(Disturbed);

    /// <summary>The iteration of the disturbed run's newest checkpoint; 0: there is none.</summary>
    public int NewestIteration() => !Directory.Exists(CheckpointFolder) ? 0 : Directory.GetFiles(CheckpointFolder, "iteration-*.safetensors")
        .Select(file => int.Parse(Path.GetFileNameWithoutExtension(file)["iteration-".Length..], CultureInfo.InvariantCulture))
        .DefaultIfEmpty()
        .Max();

    public void ShouldBeTheSame()
    {
        Table(Disturbed).Should().Equal(Table(Whole));
        foreach (string name in (string[])["last.safetensors", "best.safetensors"])
        {
            File.ReadAllBytes(Path.Combine(Disturbed, name)).Should().Equal(File.ReadAllBytes(Path.Combine(Whole, name)), name);
        }

        Tensors(Disturbed).Should().Equal(Tensors(Whole));
    }

    private ResnetProcess Begin(string output) => new(_folder.Root, [.. _options, "--output", output]);

    /// <summary>metrics.csv but for the columns that depend on the clock.</summary>
    private static string[] Table(string run)
    {
        string[] lines = File.ReadAllLines(Path.Combine(run, "metrics.csv"));
        int timeless = Array.IndexOf(lines[0].Split(','), "images_per_second");
        timeless.Should().BePositive();
        return [.. lines.Select(line => string.Join(',', line.Split(',').Take(timeless)))];
    }

    /// <summary>Digests of everything in the last checkpoint but its state, which knows how long the run took.</summary>
    private static Dictionary<string, string> Tensors(string run)
    {
        string last = Directory.GetFiles(Path.Combine(run, "checkpoints"), "iteration-*.safetensors").Order(StringComparer.Ordinal).Last();
        using var file = StateDictFile.Open(last);
        var digests = new Dictionary<string, string>();
        foreach (var entry in file.Entries.Where(entry => entry.Name != "state"))
        {
            using var tensor = file.Read(entry.Name);
            digests[entry.Name] = Convert.ToHexString(SHA256.HashData(tensor.bytes));
        }

        return digests;
    }
}

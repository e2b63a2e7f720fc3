using System.Globalization;
using System.Text.RegularExpressions;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Training;

/// <summary>The checkpoints of a run: the last few and that of the best epoch, each a file that is whole or not there.</summary>
internal sealed partial class CheckpointFolder
{
    private readonly string _directory;
    private readonly int _keepLast;

    /// <summary>Names a folder; it need not be there.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="keepLast">How many checkpoints are kept besides the best one; 1 or more.</param>
    public CheckpointFolder(string directory, int keepLast)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentOutOfRangeException.ThrowIfLessThan(keepLast, 1);
        _directory = directory;
        _keepLast = keepLast;
    }

    /// <summary>The checkpoints, oldest first.</summary>
    public IReadOnlyList<string> Files() => [.. All().Select(file => file.Path)];

    /// <summary>The newest whole checkpoint; the caller disposes it.</summary>
    /// <param name="rejected">Receives a line on each newer one that is damaged: which, and why.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="CheckpointException">The newest whole one is of a later version of the format.</exception>
    public LoadedCheckpoint? Newest(IList<string> rejected)
    {
        foreach (var (iteration, path) in All().Reverse())
        {
            try
            {
                return LoadedCheckpoint.Open(path, iteration);
            }
            catch (Exception fault) when (fault is WeightsFormatException or UnauthorizedAccessException or (IOException and not CheckpointException))
            {
                rejected.Add($"{path}: {CheckpointException.Reason(path, fault)}");
            }
        }

        return null;
    }

    /// <summary>Writes a checkpoint; once it is on disk, those that are no longer kept go, and what killed processes left of theirs.</summary>
    /// <param name="checkpoint">What to write.</param>
    /// <param name="bestIteration">The iteration whose checkpoint is kept however old it is; null: none.</param>
    /// <exception cref="CheckpointException">The folder cannot be written, or the disk is full. The checkpoints before are all there.</exception>
    public void Write(Checkpoint checkpoint, int? bestIteration)
    {
        string path = Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"iteration-{checkpoint.Iteration:D8}.safetensors"));
        using var scope = torch.NewDisposeScope();
        var plan = CheckpointFormat.Plan(checkpoint);
        try
        {
            AtomicFile.Write(path, stream => plan.WriteTo(stream));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            long? free = DiskSpace.FreeAt(_directory);
            bool isFirst = !All().Any();
            throw IsDiskFull(fault) || IsDiskFull(fault.InnerException) || free < plan.ByteCount
                ? CheckpointException.DiskFull(path, isFirst, plan.ByteCount, free < plan.ByteCount ? free : null, fault)
                : CheckpointException.NotWritable(path, isFirst, fault);
        }

        Prune(checkpoint.Iteration, bestIteration);
        AtomicFile.RemoveLeftovers(_directory);
    }

    private static bool IsDiskFull(Exception? fault)
    {
        const int NoSpaceOnUnix = 28;
        const int QuotaOnLinux = 122;
        const int DiskFullOnWindows = 112;
        int code = fault?.HResult & 0xFFFF ?? 0;
        return OperatingSystem.IsWindows() ? code == DiskFullOnWindows : code is NoSpaceOnUnix or QuotaOnLinux;
    }

    [GeneratedRegex(@"^iteration-(?<iteration>[0-9]{8,10})\.safetensors$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();

    /// <summary>
    /// Checkpoints of iterations yet to come are damaged, or the run would have gone on from them: left where they are, they would count as the
    /// last ones and drive out those that are whole.
    /// </summary>
    private void Prune(int written, int? best)
    {
        var done = All().Where(file => file.Iteration <= written).ToList();
        var kept = done.TakeLast(_keepLast).Concat(done.Where(file => file.Iteration == best)).ToHashSet();
        foreach (var file in All().Where(file => !kept.Contains(file)))
        {
            try
            {
                File.Delete(file.Path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Someone is reading it; it goes next time. A run does not end over a file too many.
            }
        }
    }

    private IEnumerable<(int Iteration, string Path)> All()
    {
        if (!Directory.Exists(_directory))
        {
            return [];
        }

        return Directory.GetFiles(_directory).Select(path => (IterationOf(path), path)).Where(file => file.Item1 >= 0).OrderBy(file => file.Item1);
    }

    /// <summary>The iteration that a file's name says; -1 where it is not the name of a checkpoint.</summary>
    private static int IterationOf(string path)
    {
        var digits = FileName().Match(Path.GetFileName(path)).Groups["iteration"];
        return int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int iteration) ? iteration : -1;
    }
}

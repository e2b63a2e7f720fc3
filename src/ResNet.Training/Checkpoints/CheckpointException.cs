namespace ResNet.Training;

/// <summary>
/// A run cannot go on from its checkpoints, or a checkpoint cannot be written: the disk is full, the folder is read-only, or options, pictures or
/// network are not those of the run. The message names the file and says what to do.
/// </summary>
public sealed class CheckpointException : IOException
{
    private const int MostListed = 20;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected, what was found, what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CheckpointException(string message, Exception? innerException = null)
        : base(VisibleText.Lines(message), innerException)
    {
    }

    internal static CheckpointException NothingToResume(string directory, IEnumerable<string> rejected)
    {
        string[] reasons = [.. rejected];
        string found = !Directory.Exists(directory) ? "there is no such folder"
            : reasons.Length == 0 ? "it holds no checkpoint"
            : $"no checkpoint in it is whole:{List(reasons)}";
        string end = reasons.Length == 0 ? ". " : "\n";
        return new CheckpointException($"{directory} has nothing to go on from: {found}{end}Name the folder of a run, or begin anew in another.");
    }

    internal static CheckpointException OtherOptions(string checkpoint, IEnumerable<string> differences) => new(
        $"{checkpoint} is of a run with other options:{List(differences)}\nGo on with those of the run (its options.json), or begin anew in another folder.");

    internal static CheckpointException OtherData(string checkpoint, IEnumerable<string> differences) => new(
        $"{checkpoint} is of a run with other pictures:{List(differences)}\nGive the same pictures, in the same order, or begin anew in another folder.");

    internal static CheckpointException OtherNetwork(string checkpoint, IEnumerable<string> differences) => new(
        $"{checkpoint} is of another network or optimiser:{List(differences)}\nBuild the network of the run, or begin anew in another folder.");

    internal static CheckpointException LaterVersion(string checkpoint, int version, int known) => new(
        Invariant($"{checkpoint} is of format {version}, this version reads up to {known}. Go on with the version that wrote it, or a later one."));

    internal static CheckpointException NotWritable(string checkpoint, bool isFirst, Exception cause) => new(
        $"{checkpoint} cannot be written: {Reason(checkpoint, cause)} {Advice(isFirst, "make the folder writable")}", cause);

    internal static CheckpointException DiskFull(string checkpoint, bool isFirst, long bytes, long? free, Exception? cause) => new(
        Invariant($"{checkpoint} cannot be written: it takes {bytes:N0} bytes, and the disk {(free is null ? "is full" : Invariant($"has {free:N0} free"))}. ")
        + Advice(isFirst, "free some space"),
        cause);

    /// <summary>A fault in words that do not name the file again.</summary>
    internal static string Reason(string path, Exception fault)
    {
        string text = fault.Message;
        foreach (string prefix in (string[])[$"{path}: ", $"{path} cannot be written: "])
        {
            text = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
        }

        return text.TrimEnd('.') + ".";
    }

    /// <summary>Before the first checkpoint there is nothing to go on from.</summary>
    private static string Advice(bool isFirst, string cure) => isFirst
        ? $"It would have been the first one, so there is nothing to go on from: {cure} and begin the run again."
        : $"The checkpoints before it are kept; {cure} and go on with the run.";

    private static string List(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        string rest = all.Length > MostListed ? Invariant($"\n- and {all.Length - MostListed} more") : string.Empty;
        return string.Concat(all.Take(MostListed).Select(line => $"\n- {line}")) + rest;
    }
}

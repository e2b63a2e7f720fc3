using System.Globalization;
using System.Runtime.InteropServices;

namespace ResNet.Runtime;

/// <summary>Tells failures for want of files or memory from others: loaders and torch call them many names.</summary>
internal static class ResourceShortage
{
    /// <summary>The runtime itself takes some forty, torch's libraries twenty more.</summary>
    private const int MinOpenFiles = 64;

    /// <summary>With so many, it is not for want of them that a library is not found.</summary>
    private const int PlentyOfFiles = 256;

    private const int TooManyFilesInSystem = 23;
    private const int TooManyFiles = 24;
    private const int OutOfMemory = 12;
    private const string Limits = "/proc/self/limits";
    private const string OpenFilesRow = "Max open files";
    private static readonly string[] MemoryWords = ["Cannot allocate memory", "can't allocate memory", "not enough memory", "out of memory", "bad_alloc", "failed to map segment"];
    private static readonly string[] FileWords = ["Too many open files"];

    /// <summary>What keeps the process from working at all; null where nothing does.</summary>
    public static string? FindProblem() => FindFolderProblem() ?? (MaxOpenFiles() is { } count and < MinOpenFiles ? FilesText(count) : null);

    /// <summary>oneMKL ends the process where the system cannot say which the current folder is.</summary>
    public static string? FindFolderProblem()
    {
        try
        {
            _ = Environment.CurrentDirectory;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "The current folder was deleted, or may not be entered, and the native back end of torch cannot work there; change to a folder that is there (cd).";
        }
    }

    /// <summary>What a failure is called where the cause is too few files or too little memory; null for any other.</summary>
    public static string? Explain(Exception failure)
    {
        // What this room throws says it already.
        for (Exception? cause = failure; cause is not (null or TorchRuntimeException); cause = cause.InnerException)
        {
            if (IsOfFiles(cause))
            {
                return FilesText(MaxOpenFiles());
            }

            if (IsOfMemory(cause))
            {
                return MemoryText(cause.Message);
            }
        }

        return null;
    }

    /// <summary>What a loader's message means; null where it is about something else.</summary>
    public static string? ExplainLoader(string message) =>
        Says(message, FileWords) ? FilesText(MaxOpenFiles()) : Says(message, MemoryWords) ? MemoryText("the native back end of torch could not be loaded") : null;

    private static bool IsOfFiles(Exception cause) => cause switch
    {
        IOException when IsErrno(cause, TooManyFiles) || IsErrno(cause, TooManyFilesInSystem) => true,
        FileNotFoundException { FileName: { } assembly } => assembly.Contains(", Version=", StringComparison.Ordinal) && MaxOpenFiles() < PlentyOfFiles,
        DllNotFoundException => Says(cause.Message, FileWords),
        _ => false,
    };

    private static bool IsOfMemory(Exception cause) => cause switch
    {
        OutOfMemoryException => true,
        IOException => IsErrno(cause, OutOfMemory),
        ExternalException or DllNotFoundException => Says(cause.Message, MemoryWords),
        _ => false,
    };

    private static bool IsErrno(Exception cause, int errno) => !OperatingSystem.IsWindows() && cause.HResult == errno;

    private static bool Says(string message, string[] words) => words.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string FilesText(int? count) =>
        $"This process may not open as many files as it needs{(count is null ? string.Empty : $" ({count} at once)")}; allow 1024 or more (ulimit -n 1024).";

    private static string MemoryText(string found) =>
        $"There is not enough memory: {found.Split('\n')[0].Trim().TrimEnd('.')}. Use smaller batches or images, or give the process more memory (ulimit -v, the limit of a container).";

    /// <summary>How many files the process may open; null where the system does not say.</summary>
    private static int? MaxOpenFiles()
    {
        try
        {
            return File.Exists(Limits)
                && File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(OpenFilesRow, StringComparison.Ordinal)) is { } row
                && int.TryParse(row[OpenFilesRow.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                ? count : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}

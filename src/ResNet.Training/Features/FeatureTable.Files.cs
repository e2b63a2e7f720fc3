using System.Globalization;

namespace ResNet.Training;

public sealed partial class FeatureTable
{
    /// <summary>Writes the features as NumPy's file of an array (format 1.0): one row a picture, float32. <c>numpy.load</c> opens it.</summary>
    /// <param name="path">The file to write; an existing one is replaced once the new one is complete. Its folder is created if it is missing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveNpy(string path) => AtomicFile.Write(path, stream => NpyFormat.Write(stream, _values, Count, FeatureCount));

    /// <summary>Writes the features as comma-separated values: a line a picture, with its name, its class (empty where it has none) and f0, f1, ….
    /// Names and classes are written as <see cref="VisibleText.CsvField"/> shows them.</summary>
    /// <param name="path">The file to write; an existing one is replaced once the new one is complete. Its folder is created if it is missing.</param>
    /// <param name="cancellationToken">Stops it; an existing file then stays.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void SaveCsv(string path, CancellationToken cancellationToken = default) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.Write("file,class");
        for (int i = 0; i < FeatureCount; i++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $",f{i}"));
        }

        writer.WriteLine();
        for (int row = 0; row < Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteRow(writer, row);
        }
    });

    /// <summary>Numbers with the digits that give the same number when they are read.</summary>
    private void WriteRow(StreamWriter writer, int row)
    {
        writer.Write(VisibleText.CsvField(Names[row]));
        writer.Write(',');
        writer.Write(VisibleText.CsvField(Classes[row] ?? string.Empty));
        Span<char> digits = stackalloc char[32];
        foreach (float value in Row(row).Span)
        {
            writer.Write(',');
            _ = value.TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture);
            writer.Write(digits[..length]);
        }

        writer.WriteLine();
    }
}

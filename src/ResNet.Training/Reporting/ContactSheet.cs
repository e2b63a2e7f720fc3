using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Pictures of every class on one sheet, as training sees them: to be looked at before hours are spent on them.</summary>
/// <param name="Image">The sheet: a row for each class, with its name and number of pictures before it.</param>
/// <param name="Classes">The classes of the rows, from top to bottom.</param>
/// <param name="Unreadable">Pictures that were chosen but cannot be read; another of their class stands in their place, if there is one.</param>
public sealed record ContactSheet(RgbImage Image, IReadOnlyList<string> Classes, IReadOnlyList<DataFault> Unreadable)
{
    private const int Gap = 4;
    private const int LongestName = 24;

    /// <summary>Makes the sheet of a data set.</summary>
    /// <param name="dataset">The pictures.</param>
    /// <param name="options">How many, and what is done to them. Default: null, the defaults.</param>
    /// <param name="cancellationToken">Stops it at any moment.</param>
    /// <returns>The same sheet for the same pictures and options. Classes without pictures have an empty row.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ContactSheet Make(IImageDataset dataset, ContactSheetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= new ContactSheetOptions();
        options.EnsureValid();
        int[] rows = Evenly(dataset.Labels.Count, options.MaxClassCount);
        var members = Enumerable.Range(0, dataset.Count).ToLookup(dataset.LabelOf);
        string[][] texts = [.. rows.Select(label => Texts(dataset.Labels[label], members[label].Count()))];
        int nameWidth = SheetPainter.LetterWidth * texts.Max(text => text.Max(line => line.Length));
        int cell = options.ThumbnailSize + Gap;
        int columns = Math.Min(options.SamplesPerClass, Math.Max(1, rows.Max(label => members[label].Count())));
        int rowHeight = Math.Max(cell, (2 * SheetPainter.LetterHeight) + Gap);
        var painter = new SheetPainter(Gap + nameWidth + Gap + (columns * cell), Gap + (rows.Length * rowHeight));
        var canvas = new ImageCanvas();
        List<DataFault> unreadable = [];
        for (int row = 0; row < rows.Length; row++)
        {
            int top = Gap + (row * rowHeight);
            painter.Write(texts[row][0], Gap, top);
            painter.Write(texts[row][1], Gap, top + SheetPainter.LetterHeight + Gap);
            int[] order = [.. members[rows[row]]];
            SampleRandom.For(options.Seed, SampleRandom.SheetStream, rows[row]).Shuffle(order);
            int column = 0;
            foreach (int index in order)
            {
                if (column == columns)
                {
                    break;
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (Load(dataset, index, options, canvas) is { } fault)
                {
                    unreadable.Add(fault);
                    continue;
                }

                painter.Put(canvas, Gap + nameWidth + Gap + (column * cell), top, options.ThumbnailSize);
                column++;
            }
        }

        return new ContactSheet(painter.Sheet, [.. rows.Select(label => dataset.Labels[label])], unreadable);
    }

    /// <summary>Writes the sheet as a PNG file; an existing file is replaced only once the new one is complete.</summary>
    /// <param name="path">The file to write; its folder is created if it is missing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePng(string path) => ImageEncoder.SavePng(Image, path);

    private static DataFault? Load(IImageDataset dataset, int index, ContactSheetOptions options, ImageCanvas canvas)
    {
        try
        {
            _ = dataset.Read(index, canvas);
        }
        catch (ImageFormatException reason)
        {
            return DataFault.Of(dataset.NameOf(index), reason);
        }

        options.Augmentation?.Apply(canvas, SampleRandom.For(options.Seed, epoch: 0, index));
        return null;
    }

    private static string[] Texts(string name, int count) =>
        [name.Length > LongestName ? $"{name[..(LongestName - 2)]}.." : name, DatasetLayout.Count(count, "picture")];

    private static int[] Evenly(int count, int most) =>
        count <= most ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * count / most))];
}

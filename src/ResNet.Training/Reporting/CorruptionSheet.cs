using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A few pictures in every severity of corruptions on one sheet: to be looked at before errors are believed.</summary>
/// <param name="Image">The sheet: a row for each kind, and in it each picture as it is and in severity 1 to 5.</param>
/// <param name="Pictures">The pictures that are shown, from left to right, as the data set names them.</param>
/// <param name="Unreadable">Pictures that were chosen but cannot be read; another one stands in their place, if there is one.</param>
public sealed record CorruptionSheet(RgbImage Image, IReadOnlyList<string> Pictures, IReadOnlyList<DataFault> Unreadable)
{
    private const int Gap = 4;

    /// <summary>Small pictures are enlarged to this.</summary>
    private const int SmallSide = 96;

    /// <summary>Large ones are resized and cropped to what ImageNet's strengths are meant for.</summary>
    private const int LargeSide = 224;

    /// <summary>Makes the sheet of a data set.</summary>
    /// <param name="dataset">The pictures. Those of more than <see cref="Corruption.LargestSmallSide"/> pixels show their middle, at 224x224.</param>
    /// <param name="options">What is shown. Default: null, the defaults.</param>
    /// <param name="cancellationToken">Stops it at any moment.</param>
    /// <returns>The same sheet for the same pictures and options.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be used.</exception>
    /// <exception cref="DatasetException">There is no picture that can be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CorruptionSheet Make(IImageDataset dataset, CorruptionSheetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= new CorruptionSheetOptions();
        options.EnsureValid();
        List<DataFault> unreadable = [];
        var chosen = Choose(dataset, options, unreadable, cancellationToken);
        int cell = Gap + chosen.Max(picture => picture.Image.Width > Corruption.LargestSmallSide ? LargeSide : SmallSide);
        int nameWidth = SheetPainter.LetterWidth * options.Kinds.Max(kind => CorruptionNames.Of(kind).Length);
        int block = (cell * (1 + Corruption.SeverityCount)) + Gap;
        int left = Gap + nameWidth + Gap, top = Gap + SheetPainter.LetterHeight + Gap;
        var painter = new SheetPainter(left + (chosen.Count * block), top + (options.Kinds.Count * cell));
        var canvas = new ImageCanvas();
        for (int i = 0; i < chosen.Count; i++)
        {
            for (int severity = 0; severity <= Corruption.SeverityCount; severity++)
            {
                int x = left + (i * block) + (severity * cell);
                painter.Write(severity == 0 ? "clean" : Invariant($"{severity}"), x, Gap);
                for (int row = 0; row < options.Kinds.Count; row++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    canvas.Load(chosen[i].Image);
                    if (severity > 0)
                    {
                        new Corruption(options.Kinds[row], severity).Apply(canvas, SampleRandom.For(options.Seed, 0, chosen[i].Index));
                    }

                    painter.Put(canvas, x, top + (row * cell), cell - Gap);
                }
            }
        }

        for (int row = 0; row < options.Kinds.Count; row++)
        {
            painter.Write(CorruptionNames.Of(options.Kinds[row]), Gap, top + (row * cell));
        }

        return new CorruptionSheet(painter.Sheet, [.. chosen.Select(picture => dataset.NameOf(picture.Index))], unreadable);
    }

    /// <summary>Writes the sheet as a PNG file; an existing file is replaced only once the new one is complete.</summary>
    /// <param name="path">The file to write; its folder is created if it is missing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePng(string path) => ImageEncoder.SavePng(Image, path);

    private static List<(int Index, RgbImage Image)> Choose(
        IImageDataset dataset, CorruptionSheetOptions options, List<DataFault> unreadable, CancellationToken cancellationToken)
    {
        int[] order = [.. Enumerable.Range(0, dataset.Count)];
        SampleRandom.For(options.Seed, SampleRandom.SheetStream, 0).Shuffle(order);

        // The first of every class in that order, then the second of every class, and so on.
        var byTurns = order.GroupBy(dataset.LabelOf).SelectMany(members => members.Select((index, turn) => (index, turn))).OrderBy(item => item.turn);
        List<(int Index, RgbImage Image)> chosen = [];
        foreach (var (index, _) in byTurns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                chosen.Add((index, Prepare(dataset.Read(index).Image)));
            }
            catch (ImageFormatException reason)
            {
                unreadable.Add(DataFault.Of(dataset.NameOf(index), reason));
            }

            if (chosen.Count == options.PictureCount)
            {
                break;
            }
        }

        return chosen.Count > 0 ? chosen : throw new DatasetException("There is no picture that can be read; a sheet of corruptions needs one.");
    }

    private static RgbImage Prepare(RgbImage image)
    {
        if (Math.Min(image.Width, image.Height) > Corruption.LargestSmallSide)
        {
            return Preprocessing.ImageNet.Apply(image);
        }

        int side = Math.Min(Math.Max(image.Width, image.Height), Corruption.LargestSmallSide);
        return ImageCrop.Center(image, Math.Min(image.Width, side), Math.Min(image.Height, side));
    }
}

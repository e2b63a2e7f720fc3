using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A few pictures side by side on white, each with a caption below it.</summary>
public static class PictureSheet
{
    private const int Gap = 8;

    /// <summary>Draws the sheet.</summary>
    /// <param name="pictures">The pictures, from the left to the right and then from the top to the bottom; one or more.</param>
    /// <param name="columns">Pictures of a row, 1 or more. Default: 6.</param>
    /// <param name="cellSize">Width and height in pixels of a picture's place: larger ones are made smaller, smaller ones enlarged by a whole number
    /// without smoothing. 64 to 1024. Default: 224.</param>
    /// <returns>The sheet.</returns>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Columns or cell size is out of range.</exception>
    public static RgbImage Draw(IReadOnlyList<SheetPicture> pictures, int columns = 6, int cellSize = 224)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cellSize, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cellSize, 1024);
        if (pictures.Count == 0)
        {
            throw new ArgumentException("A sheet needs at least one picture.", nameof(pictures));
        }

        int lineHeight = SheetPainter.LetterHeight + 4;
        int cellHeight = cellSize + (lineHeight * pictures.Max(picture => picture.Caption.Count)) + Gap;
        int inRow = Math.Min(columns, pictures.Count), rows = (pictures.Count + columns - 1) / columns;
        var painter = new SheetPainter(Gap + (inRow * (cellSize + Gap)), Gap + (rows * cellHeight));
        var canvas = new ImageCanvas();
        for (int i = 0; i < pictures.Count; i++)
        {
            int left = Gap + (i % columns * (cellSize + Gap)), top = Gap + (i / columns * cellHeight);
            canvas.Load(pictures[i].Image);
            painter.Put(canvas, left, top, cellSize);
            for (int line = 0; line < pictures[i].Caption.Count; line++)
            {
                painter.Write(Cut(pictures[i].Caption[line], cellSize / SheetPainter.LetterWidth), left, top + cellSize + 4 + (line * lineHeight));
            }
        }

        return painter.Sheet;
    }

    private static string Cut(string text, int letters) => text.Length <= letters ? text : $"{text[..(letters - 2)]}..";
}

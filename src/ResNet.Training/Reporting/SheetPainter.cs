using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A white sheet that pictures and letters are put on.</summary>
internal sealed class SheetPainter
{
    private const int LetterScale = 2;

    public SheetPainter(int width, int height)
    {
        Sheet = new RgbImage(width, height, RgbImage.NewPixels(width, height));
        Array.Fill(Sheet.Pixels, byte.MaxValue);
    }

    public static int LetterWidth => (BitmapFont.LetterWidth + 1) * LetterScale;

    public static int LetterHeight => BitmapFont.LetterHeight * LetterScale;

    public RgbImage Sheet { get; }

    public void Write(string text, int left, int top) => BitmapFont.Draw(text, (x, y) =>
    {
        for (int row = 0; row < LetterScale; row++)
        {
            int start = 3 * (((top + (y * LetterScale) + row) * Sheet.Width) + left + (x * LetterScale));
            Sheet.Pixels.AsSpan(start, 3 * LetterScale).Clear();
        }
    });

    /// <summary>Puts a picture into the middle of a square.</summary>
    public void Put(ImageCanvas canvas, int left, int top, int side)
    {
        int longer = Math.Max(canvas.Width, canvas.Height);
        if (longer > side)
        {
            int width = Math.Max(1, (int)Math.Round((double)canvas.Width * side / longer));
            int height = Math.Max(1, (int)Math.Round((double)canvas.Height * side / longer));
            canvas.Resize(width, height, ResizeFilter.Bilinear);
        }

        int times = Math.Max(1, side / longer);
        var pixels = canvas.Read();
        int x0 = left + ((side - (canvas.Width * times)) / 2), y0 = top + ((side - (canvas.Height * times)) / 2);
        for (int y = 0; y < canvas.Height * times; y++)
        {
            var row = Sheet.Pixels.AsSpan(3 * (((y0 + y) * Sheet.Width) + x0), 3 * canvas.Width * times);
            var from = pixels.Slice(3 * (y / times) * canvas.Width, 3 * canvas.Width);
            for (int x = 0; x < canvas.Width * times; x++)
            {
                from.Slice(3 * (x / times), 3).CopyTo(row[(3 * x)..]);
            }
        }
    }
}

using ResNet.Analysis;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>The filters of a network's first layer as a picture: edges, colours and blobs that a trained network looks for first.</summary>
public static class FilterSheet
{
    private const int TileSize = 56;
    private const int Gap = 4;
    private const float Grey = 127.5f;

    /// <summary>
    /// Draws every filter as a tile, in a grid that is as square as it can be, row by row. Grey is a weight of 0; each filter is scaled so that its weight
    /// farthest from 0 is black or full colour. Weights are enlarged without smoothing.
    /// </summary>
    /// <param name="filters">The filters, of one channel (drawn in grey) or three (red, green, blue).</param>
    /// <returns>The sheet.</returns>
    /// <exception cref="ArgumentException">The filters have another number of channels, and so no colours.</exception>
    public static RgbImage Draw(FirstLayerFilters filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        if (filters.Channels is not (1 or 3))
        {
            throw new ArgumentException(
                Invariant($"The filters have {filters.Channels} channels; only those of 1 channel (grey) or 3 (red, green, blue) are pictures."), nameof(filters));
        }

        int columns = (int)Math.Ceiling(Math.Sqrt(filters.Count));
        int rows = (filters.Count + columns - 1) / columns;
        int times = Math.Max(1, TileSize / filters.Size);
        int step = (filters.Size * times) + Gap;
        var sheet = new SheetPainter(Gap + (columns * step), Gap + (rows * step)).Sheet;
        for (int filter = 0; filter < filters.Count; filter++)
        {
            DrawTile(sheet, filters, filter, Gap + (filter % columns * step), Gap + (filter / columns * step), times);
        }

        return sheet;
    }

    private static void DrawTile(RgbImage sheet, FirstLayerFilters filters, int filter, int left, int top, int times)
    {
        int area = filters.Size * filters.Size, start = filter * filters.Channels * area;
        float most = 0;
        for (int i = start; i < start + (filters.Channels * area); i++)
        {
            most = Math.Max(most, Math.Abs(filters.Weights[i]));
        }

        for (int y = 0; y < filters.Size * times; y++)
        {
            for (int x = 0; x < filters.Size * times; x++)
            {
                for (int color = 0; color < 3; color++)
                {
                    int channel = filters.Channels == 3 ? color : 0;
                    float weight = filters.Weights[start + (channel * area) + (y / times * filters.Size) + (x / times)];
                    float share = most > 0 ? weight / most : 0;
                    sheet.Pixels[(3 * (((top + y) * sheet.Width) + left + x)) + color] = (byte)Math.Round(Grey + (Grey * share));
                }
            }
        }
    }
}

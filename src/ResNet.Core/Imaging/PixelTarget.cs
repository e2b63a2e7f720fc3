using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>
/// Receives rows of red, green, blue, alpha and writes each pixel to where the orientation puts it: turning a photo upright costs no second copy.
/// </summary>
internal sealed unsafe class PixelTarget
{
    private readonly int _sourceWidth;
    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _pixels;
    private readonly long _origin;
    private readonly int _columnStep;
    private readonly int _rowStep;

    public PixelTarget(int sourceWidth, int sourceHeight, SKEncodedOrigin orientation, ImageCanvas? canvas = null)
    {
        bool isTransposed = IsTransposed(orientation);
        (_width, _height) = isTransposed ? (sourceHeight, sourceWidth) : (sourceWidth, sourceHeight);
        _sourceWidth = sourceWidth;
        Canvas = canvas;
        _pixels = canvas?.BeginArray(_width, _height) ?? RgbImage.NewPixels(_width, _height);

        // The origin names the corner, as (row 0, column 0) of the stored picture, where its first pixel is shown.
        bool fromRight = orientation is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight
            or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
        bool fromBottom = orientation is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        int across = fromRight ? -3 : 3;
        int down = fromBottom ? -3 * _width : 3 * _width;
        (_columnStep, _rowStep) = isTransposed ? (down, across) : (across, down);
        _origin = (fromRight ? 3L * (_width - 1) : 0) + (fromBottom ? 3L * _width * (_height - 1) : 0);
    }

    /// <summary>The canvas that receives the picture, if it is one.</summary>
    public ImageCanvas? Canvas { get; }

    /// <summary>Whether the stored picture's rows are columns of the one that is shown.</summary>
    public static bool IsTransposed(SKEncodedOrigin orientation) => orientation is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop
        or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>Writes the stored picture's rows <paramref name="y"/> to <paramref name="y"/> + <paramref name="count"/>.</summary>
    public void Write(int y, int count, byte* source, int sourceStride)
    {
        for (int row = y; row < y + count; row++, source += sourceStride)
        {
            fixed (byte* pixels = _pixels)
            {
                byte* target = pixels + _origin + ((long)row * _rowStep);
                Spread(source, target, from: _columnStep == 3 ? Pack(source, target) : 0);
            }
        }
    }

    public RgbImage ToImage() => new(_width, _height, _pixels);

    /// <summary>Four pixels at a time without their alpha; returns how many are done. Never writes past the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Pack(byte* source, byte* target)
    {
        Vector128<byte> order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0xFF, 0xFF, 0xFF, 0xFF);
        int x = 0;
        for (; x <= _sourceWidth - 6; x += 4)
        {
            Vector128.Shuffle(Vector128.Load(source + (4 * x)), order).Store(target + (3 * x));
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(byte* source, byte* target, int from)
    {
        for (int x = from; x < _sourceWidth; x++)
        {
            byte* pixel = source + (4L * x);
            byte* place = target + ((long)x * _columnStep);
            place[0] = pixel[0];
            place[1] = pixel[1];
            place[2] = pixel[2];
        }
    }
}

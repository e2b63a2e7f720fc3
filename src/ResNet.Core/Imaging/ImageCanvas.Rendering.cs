namespace ResNet.Imaging;

public sealed partial class ImageCanvas
{
    private const int LargestHandedShare = 2;

    /// <summary>
    /// Does the resize that was noted, of the pixels that the window shows; crop, padding and mirror stay noted, since the copy into a batch
    /// does them on its way.
    /// </summary>
    internal void Render()
    {
        if (_resize is not { } size)
        {
            return;
        }

        // What of the window lies inside; a window that lies outside altogether shows none of it, but something must be resized.
        int left = Math.Clamp(_view.X, 0, size.Width - 1), top = Math.Clamp(_view.Y, 0, size.Height - 1);
        int right = Math.Clamp(_view.X + _view.Width, left + 1, size.Width), bottom = Math.Clamp(_view.Y + _view.Height, top + 1, size.Height);
        var shown = new PixelWindow(left, top, right - left, bottom - top);
        byte[] target = Room(ref _spare, shown.Width, shown.Height);
        ImageResizer.ResizeAndCrop(new PixelRows(_pixels, _stride, _base), size.Width, size.Height, shown, size.Filter, target, _resizing ??= new ResizeScratch());
        (_own, _spare) = (target, _own);
        _pixels = target;
        _stride = 3 * shown.Width;
        _base = new PixelWindow(0, 0, shown.Width, shown.Height);
        _view = _view with { X = _view.X - left, Y = _view.Y - top };
        _resize = null;
    }

    /// <summary>Gives the memory of this picture to another canvas, which gives its own in return: handing over without a copy.</summary>
    internal void HandTo(ImageCanvas other)
    {
        Render();
        bool isOwn = ReferenceEquals(_pixels, _own);
        if (isOwn && _own.LongLength > LargestHandedShare * 3L * _view.Width * _view.Height)
        {
            // The array of a whole photo stays for the next one; only the crop goes.
            Flatten();
        }

        if (isOwn)
        {
            (_own, other._own) = (other._own, _own);
        }

        (other._pixels, other._stride, other._base, other._view, other.IsMirrored, other._resize) = (_pixels, _stride, _base, _view, IsMirrored, null);
        _pixels = [];
    }

    /// <summary>Whether a mean at each pixel can be subtracted: it has the picture's size before, or after, it was cropped.</summary>
    internal bool Fits(PixelMean mean) => HasSize(mean, _base) || HasSize(mean, _view);

    /// <summary>Normalizes the picture into a batch: the one copy of its way, which crops, pads and mirrors as it goes.</summary>
    internal void WriteTo(Span<float> destination, NormalizationTable table, bool channelsLast)
    {
        Render();
        var source = new PixelRows(_pixels, _stride, _base);
        table.Write(destination, source, _view, IsMirrored, channelsLast);
    }

    private static bool HasSize(PixelMean mean, PixelWindow window) => (mean.Width, mean.Height) == (window.Width, window.Height);

    /// <summary>Does everything that was noted; the picture then lies in memory of this canvas, row after row.</summary>
    private void Flatten()
    {
        Render();
        byte[] target = Room(ref _spare, _view.Width, _view.Height);
        int stride = 3 * _view.Width;
        int left = Math.Clamp(-_view.X, 0, _view.Width);
        int right = Math.Clamp(_base.Width - _view.X, left, _view.Width);
        for (int y = 0; y < _view.Height; y++)
        {
            var row = target.AsSpan(y * stride, stride);
            int from = y + _view.Y;
            if (from < 0 || from >= _base.Height || left == right)
            {
                row.Clear();
                continue;
            }

            row[..(3 * left)].Clear();
            row[(3 * right)..].Clear();
            int start = ((_base.Y + from) * _stride) + (3 * (_base.X + _view.X + left));
            _pixels.AsSpan(start, 3 * (right - left)).CopyTo(row[(3 * left)..]);
            if (IsMirrored)
            {
                Reverse(row);
            }
        }

        (_own, _spare) = (target, _own);
        Show(target, _view.Width, _view.Height);
    }

    private static void Reverse(Span<byte> row)
    {
        for (int left = 0, right = row.Length - 3; left < right; left += 3, right -= 3)
        {
            (row[left], row[right]) = (row[right], row[left]);
            (row[left + 1], row[right + 1]) = (row[right + 1], row[left + 1]);
            (row[left + 2], row[right + 2]) = (row[right + 2], row[left + 2]);
        }
    }
}

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

        var shown = ShownOf(size.Width, size.Height);
        byte[] target = Room(ref _spare, shown.Width, shown.Height);
        ImageResizer.ResizeAndCrop(new PixelRows(_pixels, _stride, _base), size.Width, size.Height, shown, size.Filter, target, _resizing ??= new ResizeScratch());
        Take(target, shown);
    }

    /// <summary>Shows what another canvas shows, out of its memory; nothing is copied. Valid until the other one is used again.</summary>
    internal void ShowThatOf(ImageCanvas other) =>
        (_pixels, _stride, _base, _view, IsMirrored, _resize) = (other._pixels, other._stride, other._base, other._view, other.IsMirrored, other._resize);

    /// <summary>Makes sure that the picture lies in memory of this canvas, whoever wrote it; as after <see cref="Render"/>, the rest stays noted.</summary>
    internal void Settle()
    {
        Render();
        if (!ReferenceEquals(_pixels, _own))
        {
            CopyShown();
        }
    }

    /// <summary>Gives the memory of this picture to another canvas, which gives its own in return: handing over without a copy.</summary>
    internal void HandTo(ImageCanvas other)
    {
        Render();
        bool isOwn = ReferenceEquals(_pixels, _own);
        if (isOwn && _own.LongLength > LargestHandedShare * 3L * _view.Width * _view.Height)
        {
            // The array of a whole photo stays for the next one; only the crop goes.
            CopyShown();
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

    /// <summary>What of the window lies inside; a window that lies outside altogether shows none of it, but something must be left.</summary>
    private PixelWindow ShownOf(int width, int height)
    {
        int left = Math.Clamp(_view.X, 0, width - 1), top = Math.Clamp(_view.Y, 0, height - 1);
        int right = Math.Clamp(_view.X + _view.Width, left + 1, width), bottom = Math.Clamp(_view.Y + _view.Height, top + 1, height);
        return new PixelWindow(left, top, right - left, bottom - top);
    }

    /// <summary>Copies what the window shows of a picture that is as it shall be. Unlike <see cref="Flatten"/> it leaves padding and mirror noted:
    /// under a mean at each pixel, padding is not black.</summary>
    private void CopyShown()
    {
        var shown = ShownOf(_base.Width, _base.Height);
        byte[] target = Room(ref _spare, shown.Width, shown.Height);
        int length = 3 * shown.Width;
        for (int y = 0; y < shown.Height; y++)
        {
            int start = ((_base.Y + shown.Y + y) * _stride) + (3 * (_base.X + shown.X));
            _pixels.AsSpan(start, length).CopyTo(target.AsSpan(y * length));
        }

        Take(target, shown);
    }

    /// <summary>Shows memory that was the spare one and holds a part of the picture as it was.</summary>
    private void Take(byte[] target, PixelWindow part)
    {
        (_own, _spare) = (target, _own);
        _pixels = target;
        _stride = 3 * part.Width;
        _base = new PixelWindow(0, 0, part.Width, part.Height);
        _view = _view with { X = _view.X - part.X, Y = _view.Y - part.Y };
        _resize = null;
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

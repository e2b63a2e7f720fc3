namespace ResNet.Imaging;

/// <summary>
/// A picture on its way from a data set to a batch. Its memory is used again for the next picture, and resizing, cropping, padding and
/// mirroring are only noted: they are done at once, when the pixels are asked for, and only for the pixels that are left then.
/// </summary>
/// <remarks>
/// <para>One canvas serves one thread. What a data set keeps is shown, never written to: <see cref="Edit"/> copies it first.</para>
/// <para>The picture that is shown is <see cref="Width"/> x <see cref="Height"/>. Where a crop reaches outside of the picture it is padded: with
/// black, or, under a <see cref="Normalization.PixelMean"/>, with zeros after the mean was subtracted.</para>
/// </remarks>
public sealed partial class ImageCanvas
{
    private ResizeScratch? _resizing;
    private DecodeScratch? _decoding;
    private byte[] _own = [];
    private byte[] _spare = [];

    // The pixels lie in a rectangle of an array: of a data set's picture, or of memory of this canvas.
    private byte[] _pixels = [];
    private int _stride;
    private PixelWindow _base;

    // What was noted: first the resize, then the window on its result, then the mirror.
    private (int Width, int Height, ResizeFilter Filter)? _resize;
    private PixelWindow _view;

    /// <summary>Width in pixels of the picture as it is now.</summary>
    public int Width => _view.Width;

    /// <summary>Height in pixels of the picture as it is now.</summary>
    public int Height => _view.Height;

    /// <summary>Whether left and right are exchanged, as noted so far.</summary>
    internal bool IsMirrored { get; private set; }

    internal DecodeScratch Decoding => _decoding ??= new DecodeScratch();

    /// <summary>Shows a picture that others may hold too; it is not copied, and not written to.</summary>
    /// <param name="image">The picture.</param>
    public void Load(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Show(image.Pixels, image.Width, image.Height);
    }

    /// <summary>Makes room for a new picture, which whoever asked for it writes.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <returns>3 * width * height bytes of undefined content: red, green, blue interleaved, rows from top to bottom. Every one must be written.</returns>
    /// <exception cref="ArgumentException">The size is below 1, or too large for one array.</exception>
    public Span<byte> Begin(int width, int height)
    {
        byte[] pixels = BeginArray(width, height);
        return pixels.AsSpan(0, 3 * width * height);
    }

    /// <summary>Notes that only a window is left of the picture. It may reach outside of it, which pads.</summary>
    /// <param name="x">Left column of the window; may be negative.</param>
    /// <param name="y">Top row of the window; may be negative.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public void Crop(int x, int y, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        int left = IsMirrored ? _view.Width - x - width : x;
        _view = new PixelWindow(_view.X + left, _view.Y + y, width, height);
    }

    /// <summary>Notes that left and right are exchanged.</summary>
    public void Mirror() => IsMirrored = !IsMirrored;

    /// <summary>Notes that the picture is resized, antialiased, as <see cref="ImageResizer"/> does it.</summary>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    /// <param name="filter">The filter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public void Resize(int width, int height, ResizeFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (_resize is not null || IsPadded)
        {
            Flatten();
        }

        // Of a crop only its own pixels are averaged, as if it had been copied out.
        _base = new PixelWindow(_base.X + _view.X, _base.Y + _view.Y, _view.Width, _view.Height);
        _resize = (width, height) == (_base.Width, _base.Height) ? null : (width, height, filter);
        _view = new PixelWindow(0, 0, width, height);
    }

    /// <summary>Resizes so that the shorter side has a given length; the longer one becomes <c>int(size * longer / shorter)</c>.</summary>
    /// <param name="size">New length in pixels of the shorter side, at least 1.</param>
    /// <param name="filter">The filter.</param>
    /// <exception cref="ArgumentException">The size is below 1, or the longer side too long.</exception>
    public void ResizeShorterSide(int size, ResizeFilter filter)
    {
        var (width, height) = ImageResizer.SizeForShorterSide(Width, Height, size);
        Resize(width, height, filter);
    }

    /// <summary>Does what was noted and gives the pixels for reading.</summary>
    /// <returns>3 * Width * Height bytes: red, green, blue interleaved, rows from top to bottom. Valid until the canvas is used again.</returns>
    public ReadOnlySpan<byte> Read()
    {
        if (_resize is not null || IsMirrored || !IsWhole || _stride != 3 * _base.Width)
        {
            Flatten();
        }

        return _pixels.AsSpan(_base.Y * _stride, 3 * Width * Height);
    }

    /// <summary>Does what was noted and gives the pixels for changing in place.</summary>
    /// <returns>As <see cref="Read"/>, but the bytes may be written to.</returns>
    public Span<byte> Edit()
    {
        _ = Read();
        if (!ReferenceEquals(_pixels, _own))
        {
            Flatten();
        }

        return _own.AsSpan(_base.Y * _stride, 3 * Width * Height);
    }

    /// <summary>
    /// Does what was noted and makes room for a picture of the same size, made of the old one: for changes that cannot be done in place.
    /// </summary>
    /// <param name="old">The picture as it was, as <see cref="Read"/> gives it. Valid until the canvas is used again.</param>
    /// <returns>3 * Width * Height bytes of undefined content, apart from <paramref name="old"/>. Every one must be written.</returns>
    internal Span<byte> Replace(out ReadOnlySpan<byte> old)
    {
        old = Read();
        var (width, height) = (Width, Height);
        byte[] target = Room(ref _spare, width, height);
        (_own, _spare) = (target, _own);
        Show(target, width, height);
        return target.AsSpan(0, 3 * width * height);
    }

    /// <summary>Copies the picture as it is now.</summary>
    /// <returns>A picture that shares nothing with the canvas.</returns>
    public RgbImage ToImage() => new(Width, Height, Read().ToArray());

    internal byte[] BeginArray(int width, int height)
    {
        // The large array of a decoded photo ends up as the spare one when its crop is handed over.
        if (_spare.Length > _own.Length)
        {
            (_own, _spare) = (_spare, _own);
        }

        byte[] pixels = Room(ref _own, width, height);
        Show(pixels, width, height);
        return pixels;
    }

    private bool IsWhole => _view == new PixelWindow(0, 0, _base.Width, _base.Height);

    private bool IsPadded
    {
        get
        {
            var (width, height) = _resize is { } size ? (size.Width, size.Height) : (_base.Width, _base.Height);
            return _view.X < 0 || _view.Y < 0 || _view.X + _view.Width > width || _view.Y + _view.Height > height;
        }
    }

    private void Show(byte[] pixels, int width, int height)
    {
        _pixels = pixels;
        _stride = 3 * width;
        _base = _view = new PixelWindow(0, 0, width, height);
        _resize = null;
        IsMirrored = false;
    }

    private static byte[] Room(ref byte[] memory, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (memory.Length < 3L * width * height)
        {
            memory = RgbImage.NewPixels(width, height);
        }

        return memory;
    }
}

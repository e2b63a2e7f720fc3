namespace ResNet.Compilation;

/// <summary>Option A's shortcut. A piece is a row of the result.</summary>
internal sealed unsafe class ZeroPadStep(PatchGeometry geometry, int outChannels, int offset) : MapStep
{
    private readonly int _size = geometry.Kind.Size();

    public override int ItemCount(int images, int threads) => images * geometry.OutHeight;

    public override void Run(byte* memory, int images, int threads, int item, WorkerScratch scratch)
    {
        int image = item / geometry.OutHeight, y = item % geometry.OutHeight, pixel = outChannels * _size;
        byte* source = memory + Source + (image * geometry.ImageBytes) + ((long)y * geometry.Stride * geometry.Width * geometry.PixelBytes);
        byte* target = memory + Target + ((long)item * geometry.OutWidth * pixel);
        new Span<byte>(target, geometry.OutWidth * pixel).Clear();
        for (int x = 0; x < geometry.OutWidth; x++)
        {
            new ReadOnlySpan<byte>(source + ((long)x * geometry.Stride * geometry.PixelBytes), geometry.PixelBytes)
                .CopyTo(new Span<byte>(target + ((long)x * pixel) + (offset * _size), geometry.PixelBytes));
        }
    }
}

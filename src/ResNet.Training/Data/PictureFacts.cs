using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>What one picture adds to the statistics. Means and variances are of bytes, 0 to 255.</summary>
internal struct PictureFacts
{
    public ImageFormatException? Unreadable;
    public int Width;
    public int Height;
    public string? Format;
    public (double Red, double Green, double Blue) Mean;
    public (double Red, double Green, double Blue) Variance;
    public byte[]? Hash;
}

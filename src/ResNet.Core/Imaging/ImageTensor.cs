using System.Runtime.InteropServices;
using TorchSharp;

namespace ResNet.Imaging;

/// <summary>The one place where pixels become tensors.</summary>
public static class ImageTensor
{
    /// <summary>Normalizes pictures straight into the memory of one new tensor.</summary>
    /// <param name="images">At least one picture; all of one size.</param>
    /// <param name="normalization">How bytes become numbers.</param>
    /// <param name="device">Where the tensor shall live. Default: the CPU.</param>
    /// <returns>A float32 tensor N x 3 x H x W (red, green, blue planes). The caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no picture, the sizes differ, or together they exceed 2 GiB.</exception>
    public static Tensor FromImages(IReadOnlyList<RgbImage> images, Normalization normalization, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(normalization);
        EnsureOneSize(images);
        var table = new NormalizationTable(normalization);
        int valueCount = 3 * images[0].Width * images[0].Height;
        Tensor tensor = torch.empty([images.Count, 3, images[0].Height, images[0].Width], dtype: torch.float32, device: torch.CPU);
        try
        {
            Span<float> values = MemoryMarshal.Cast<byte, float>(tensor.bytes);
            for (int i = 0; i < images.Count; i++)
            {
                table.Write(values.Slice(i * valueCount, valueCount), images[i]);
            }

            return device is null || device.type == DeviceType.CPU ? tensor : tensor.to(device, disposeAfter: true);
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Normalizes one picture into memory that is there already, such as a slice of a batch's tensor.</summary>
    /// <param name="destination">Exactly 3 * width * height numbers; receives the red, then the green, then the blue plane.</param>
    /// <param name="image">The picture.</param>
    /// <param name="normalization">How bytes become numbers.</param>
    /// <param name="mirrored">Whether left and right are exchanged. Default: false.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void WriteTo(Span<float> destination, RgbImage image, Normalization normalization, bool mirrored = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(normalization);
        new NormalizationTable(normalization).Write(destination, image, mirrored);
    }

    /// <summary>Normalizes pictures of one size, which the caller has made sure of, into the memory of one new tensor.</summary>
    internal static Tensor FromCanvases(int count, Func<int, ImageCanvas> canvases, NormalizationTable table, bool channelsLast, Device? device)
    {
        (int width, int height) = (canvases(0).Width, canvases(0).Height);
        EnsureFits(count, width, height);
        int valueCount = 3 * width * height;
        Tensor tensor = torch.empty(channelsLast ? [count, height, width, 3] : [count, 3, height, width], dtype: torch.float32, device: torch.CPU);
        try
        {
            Span<float> values = MemoryMarshal.Cast<byte, float>(tensor.bytes);
            for (int i = 0; i < count; i++)
            {
                canvases(i).WriteTo(values.Slice(i * valueCount, valueCount), table, channelsLast);
            }
        }
        catch
        {
            tensor.Dispose();
            throw;
        }

        Tensor placed = device is null || device.type == DeviceType.CPU ? tensor : tensor.to(device, disposeAfter: true);
        if (!channelsLast)
        {
            return placed;
        }

        // The permuted tensor holds the memory itself.
        using (placed)
        {
            return placed.permute(0, 3, 1, 2);
        }
    }

    private static void EnsureOneSize(IReadOnlyList<RgbImage> images)
    {
        if (images.Count == 0)
        {
            throw new ArgumentException("A tensor needs at least one picture, but the list is empty.", nameof(images));
        }

        (int width, int height) = (images[0].Width, images[0].Height);
        for (int i = 1; i < images.Count; i++)
        {
            if (images[i].Width != width || images[i].Height != height)
            {
                throw new ArgumentException(
                    $"All pictures of one tensor must have the size of the first, {width}x{height}, but picture {i} has "
                    + $"{images[i].Width}x{images[i].Height}; crop or resize them first.",
                    nameof(images));
            }
        }

        EnsureFits(images.Count, width, height);
    }

    private static void EnsureFits(int count, int width, int height)
    {
        long bytes = (long)count * 3 * width * height * sizeof(float);
        if (bytes > int.MaxValue)
        {
            throw new ArgumentException(
                $"{count} pictures of {width}x{height} take {bytes} bytes as float32, but at most {int.MaxValue} fit; make smaller batches.", nameof(count));
        }
    }
}

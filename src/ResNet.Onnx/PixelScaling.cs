namespace ResNet.Onnx;

/// <summary>
/// Normalisation of pixels from 0 to 255: (x - 255 mean) × 1 / (255 standard deviation), which equals (x / 255 - mean) / standard deviation
/// but for rounding.
/// </summary>
internal sealed class PixelScaling
{
    private const double White = 255;
    private readonly double[] _scale;

    public PixelScaling(OnnxExportOptions options)
    {
        var normalization = options.Preprocessing!.Normalization;
        _scale = [.. normalization.StdDev.Select(deviation => 1 / (White * deviation))];
        bool isAtEachPixel = normalization.PixelMean is { } mean && mean.Width == options.InputWidth && mean.Height == options.InputHeight;
        Mean = Whiten(isAtEachPixel ? Planes(normalization.PixelMean!.Values.Span) : normalization.Mean);
        MeanShape = isAtEachPixel ? [1, 3, normalization.PixelMean!.Height, normalization.PixelMean.Width] : [1, 3, 1, 1];
    }

    /// <summary>What is subtracted from the pixels.</summary>
    public float[] Mean { get; }

    public int[] MeanShape { get; }

    /// <summary>What red, green and blue are multiplied by afterwards.</summary>
    public float[] Scale => [.. _scale.Select(scale => (float)scale)];

    /// <summary>Weights of a convolution of three channels that multiply by <see cref="Scale"/> themselves.</summary>
    /// <param name="weights">Output channels × 3 × kernel.</param>
    /// <param name="kernelArea">Numbers of one kernel.</param>
    public float[] ScaleInputs(float[] weights, int kernelArea) =>
        [.. weights.Select((weight, i) => (float)(weight * _scale[i / kernelArea % _scale.Length]))];

    /// <summary>The red, the green and the blue plane of numbers that lie pixel by pixel.</summary>
    private static float[] Planes(ReadOnlySpan<float> pixels)
    {
        int area = pixels.Length / 3;
        float[] planes = new float[pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            planes[(i % 3 * area) + (i / 3)] = pixels[i];
        }

        return planes;
    }

    private static float[] Whiten(IEnumerable<float> mean) => [.. mean.Select(value => (float)(White * value))];
}

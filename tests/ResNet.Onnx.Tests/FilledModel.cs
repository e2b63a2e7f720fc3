namespace ResNet.Onnx.Tests;

/// <summary>Networks whose weights, statistics included, are all different: fresh ones would hide what is left out.</summary>
internal static class FilledModel
{
    /// <summary>A network that takes little time and has a bit of everything.</summary>
    public static ResNetOptions Small { get; } = ResNetOptions.ResNet18 with { BaseWidth = 16, BlocksPerStage = [1, 1], ClassCount = 7 };

    public static ResNetModel Create(ResNetOptions options)
    {
        var model = new ResNetModel(options);
        FillRule.Fill(model, options.PreActivation || options.Residual ? 0.8 : 1.4);
        model.eval();
        return model;
    }

    public static Tensor Images(int count = 2, int channels = 3, int height = 45, int width = 38) => FillRule.Input("input", [count, channels, height, width]);

    public static byte[] Export(this ResNetModel model, OnnxExportOptions? options = null)
    {
        using var stream = new MemoryStream();
        model.ExportOnnx(stream, options);
        return stream.ToArray();
    }

    /// <summary>As a picture holds them: whole numbers from 0 to 255.</summary>
    public static Tensor Pixels(int count = 2, int height = 45, int width = 38)
    {
        using var images = Images(count, 3, height, width);
        using var bright = images.add(2).mul(60).clamp(0, 255);
        return bright.floor();
    }
}

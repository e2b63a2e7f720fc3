namespace ResNet.Weights;

/// <summary>Says what a zip archive is that torch.save did not write.</summary>
internal static class ForeignArchive
{
    private static readonly string[] Weights = [".pth", ".pt", ".th", ".ckpt", ".bin", ".safetensors", ".pth.tar"];

    /// <returns>A sentence and what to do; null where nothing is known of it.</returns>
    public static string? Describe(IEnumerable<string> names)
    {
        string[] all = [.. names];
        if (all.Contains("model.weights.h5", StringComparer.Ordinal))
        {
            return "this is a model of Keras (.keras); its weights must be converted to safetensors or PyTorch's format first.";
        }

        if (all.Length > 0 && Array.TrueForAll(all, name => name.EndsWith(".npy", StringComparison.Ordinal)))
        {
            return "this is an archive of numpy (.npz); its arrays must be converted to safetensors or PyTorch's format first.";
        }

        if (Array.Exists(all, name => Path.GetFileName(name) == "saved_model.pb"))
        {
            return "this is a zip archive of a SavedModel of TensorFlow; its weights must be converted to safetensors or PyTorch's format first.";
        }

        return Array.Find(all, name => Array.Exists(Weights, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))) is { } packed
            ? $"this is a zip archive with {ShapeText.Quote(packed)} in it; unpack it with unzip and take that file."
            : null;
    }
}

using System.Text.Json;

namespace ResNet.Weights;

/// <summary>
/// A folder as the Hugging Face Hub lays timm's models out: <c>config.json</c> says which network it is and how pictures are prepared, and
/// <c>model.safetensors</c> holds the weights. What the files say is trusted in nothing.
/// </summary>
internal static class HuggingFaceFolder
{
    private const string ConfigName = "config.json";
    /// <summary>Names and descriptions of ImageNet-22k are two megabytes; many short names take some seventeen times their text in memory.</summary>
    internal const int LongestConfig = 3 << 20;
    private const int DeepestConfig = 16;

    /// <summary>In the order in which timm prefers them.</summary>
    private static readonly string[] WeightsNames = ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin"];

    /// <summary>Reads what the folder says about itself.</summary>
    /// <param name="path">A folder or anything else.</param>
    /// <returns>Null where it is no folder with a configuration.</returns>
    /// <exception cref="WeightsFormatException">The configuration is damaged, or describes a network that cannot be built here.</exception>
    public static ModelDescription? TryRead(string path) => IsOne(path) ? ReadConfig(Path.Combine(path, ConfigName)) : null;

    /// <summary>The file of weights that is meant: that of the folder, or what was given.</summary>
    /// <param name="path">A folder or anything else.</param>
    /// <exception cref="FileNotFoundException">There is a configuration and no file of weights.</exception>
    public static string WeightsOf(string path)
    {
        if (!IsOne(path))
        {
            return !Directory.Exists(path) ? path : throw new FileNotFoundException(
                $"{path} is a folder, not a file of weights; check the name (a folder of a timm model has a {ConfigName}).", path);
        }

        return WeightsNames.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            $"{path} has a {ConfigName}, but none of {string.Join(", ", WeightsNames)}; fetch the weights as well.", Path.Combine(path, WeightsNames[0]));
    }

    /// <summary>Whether a path is such a folder.</summary>
    public static bool IsOne(string path) => Directory.Exists(path) && File.Exists(Path.Combine(path, ConfigName));

    private static ModelDescription ReadConfig(string path)
    {
        try
        {
            ExistingFile.Ensure(path, "a configuration");
            long length = new FileInfo(path).Length;
            if (length > LongestConfig)
            {
                throw new FormatException($"it has {length} bytes; at most {LongestConfig} are read");
            }

            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = DeepestConfig, AllowDuplicateProperties = false });
            return new TimmConfig(document.RootElement).ToDescription();
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException || (fault is FormatException and not WeightsFormatException))
        {
            throw new WeightsFormatException(
                path, $"the configuration cannot be used: {fault.Message.TrimEnd('.')}. Build the model from ResNetOptions and load the weights alone.", null, fault);
        }
    }
}

namespace ResNet.Core.Tests;

/// <summary>
/// State dictionaries by torchvision's rules, written down independently of the library: name and shape, in torchvision's order,
/// except that TorchSharp lists all parameters before all buffers.
/// </summary>
internal static class TorchvisionKeys
{
    public static List<(string Name, string Shape)> Of(bool bottleneck, int[] blocks, bool projectEverywhere = false)
    {
        var keys = new List<(string, string)> { ("conv1.weight", "64,3,7,7") };
        AddNorm(keys, "bn1", 64);
        int channels = 64;
        for (int stage = 0; stage < blocks.Length; stage++)
        {
            int width = 64 * (1 << stage);
            int wide = bottleneck ? width * 4 : width;
            for (int block = 0; block < blocks[stage]; block++)
            {
                string prefix = $"layer{stage + 1}.{block}";
                AddBranch(keys, prefix, bottleneck, channels, width, wide);
                if (projectEverywhere || (block == 0 && channels != wide))
                {
                    keys.Add(($"{prefix}.downsample.0.weight", $"{wide},{channels},1,1"));
                    AddNorm(keys, $"{prefix}.downsample.1", wide);
                }

                channels = wide;
            }
        }

        keys.Add(("fc.weight", $"1000,{channels}"));
        keys.Add(("fc.bias", "1000"));
        return [.. keys.OrderBy(key => key.Item1.Contains("running_") || key.Item1.EndsWith("num_batches_tracked", StringComparison.Ordinal))];
    }

    public static List<(string Name, string Shape)> Of(ResNetModel model) =>
        [.. model.state_dict().Select(pair => (pair.Key, string.Join(",", pair.Value.shape)))];

    private static void AddBranch(List<(string, string)> keys, string prefix, bool bottleneck, int channels, int width, int wide)
    {
        string[] shapes = bottleneck
            ? [$"{width},{channels},1,1", $"{width},{width},3,3", $"{wide},{width},1,1"]
            : [$"{width},{channels},3,3", $"{width},{width},3,3"];
        for (int i = 0; i < shapes.Length; i++)
        {
            keys.Add(($"{prefix}.conv{i + 1}.weight", shapes[i]));
            AddNorm(keys, $"{prefix}.bn{i + 1}", i == 2 ? wide : width);
        }
    }

    private static void AddNorm(List<(string, string)> keys, string prefix, int channels)
    {
        foreach (string name in new[] { "weight", "bias", "running_mean", "running_var" })
        {
            keys.Add(($"{prefix}.{name}", $"{channels}"));
        }

        keys.Add(($"{prefix}.num_batches_tracked", string.Empty));
    }
}

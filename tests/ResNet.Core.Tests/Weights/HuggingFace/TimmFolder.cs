using System.Text.Json.Nodes;

namespace ResNet.Core.Tests.Weights.HuggingFace;

/// <summary>A folder as timm uploads its models.</summary>
internal sealed class TimmFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.Root;

    public string WeightsPath => _folder.PathTo("model.safetensors");

    /// <summary>The configuration of <c>resnet50.a1_in1k</c>, as timm 0.9 and later write it.</summary>
    public static JsonObject Config(string architecture = "resnet50", int classes = 1000) => new()
    {
        ["architecture"] = architecture,
        ["num_classes"] = classes,
        ["num_features"] = 2048,
        ["pretrained_cfg"] = new JsonObject
        {
            ["tag"] = "a1_in1k",
            ["custom_load"] = false,
            ["input_size"] = new JsonArray(3, 224, 224),
            ["test_input_size"] = new JsonArray(3, 288, 288),
            ["fixed_input_size"] = false,
            ["interpolation"] = "bicubic",
            ["crop_pct"] = 0.95,
            ["test_crop_pct"] = 1.0,
            ["crop_mode"] = "center",
            ["mean"] = new JsonArray(0.485, 0.456, 0.406),
            ["std"] = new JsonArray(0.229, 0.224, 0.225),
            ["num_classes"] = 1000,
            ["pool_size"] = new JsonArray(7, 7),
            ["first_conv"] = "conv1",
            ["classifier"] = "fc",
            ["origin_url"] = "https://github.com/huggingface/pytorch-image-models",
            ["paper_ids"] = "arXiv:2110.00476",
        },
    };

    /// <summary>Writes the configuration, and a file of weights where there is none yet.</summary>
    public TimmFolder With(JsonNode config) => With(config.ToJsonString());

    public TimmFolder With(string config)
    {
        File.WriteAllText(_folder.PathTo("config.json"), config);
        if (!File.Exists(WeightsPath))
        {
            File.WriteAllText(WeightsPath, "not looked at");
        }

        return this;
    }

    public void Dispose() => _folder.Dispose();
}

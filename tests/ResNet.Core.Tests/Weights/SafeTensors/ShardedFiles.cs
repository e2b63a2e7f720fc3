using System.Text.Json.Nodes;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

/// <summary>Spreads tensors over several files with an index, as Hugging Face's libraries do.</summary>
internal static class ShardedFiles
{
    public static string Write(string folder, IReadOnlyDictionary<string, Tensor> state, int count)
    {
        var map = state.Keys.Select((name, i) => (name, $"model-{(i % count) + 1:D5}-of-{count:D5}.safetensors")).ToArray();
        foreach (var shard in map.GroupBy(entry => entry.Item2))
        {
            SafeTensorsWriter.Write(Path.Combine(folder, shard.Key), shard.Select(entry => KeyValuePair.Create(entry.name, state[entry.name])));
        }

        return WriteIndex(folder, map);
    }

    public static string WriteIndex(string folder, params (string Tensor, string File)[] map)
    {
        var index = new JsonObject
        {
            ["metadata"] = new JsonObject { ["total_size"] = 12345 },
            ["weight_map"] = new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Tensor, (JsonNode?)entry.File))),
        };
        string path = Path.Combine(folder, "model.safetensors.index.json");
        File.WriteAllText(path, index.ToString());
        return path;
    }
}

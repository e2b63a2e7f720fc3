using System.Text.Json.Serialization;

namespace ResNet.Downloading;

/// <summary>Serialisation made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PartialNote))]
internal sealed partial class PartialNoteJson : JsonSerializerContext;

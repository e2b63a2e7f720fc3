using System.Text.Json.Serialization;

namespace ResNet.Weights;

/// <summary>Serialisation made at compile time: no reflection over what a file says.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = 4)]
[JsonSerializable(typeof(StoredOptions))]
[JsonSerializable(typeof(StoredPreprocessing))]
[JsonSerializable(typeof(StoredFingerprint))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class DescriptionJson : JsonSerializerContext;

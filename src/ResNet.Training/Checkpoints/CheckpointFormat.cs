using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// How a checkpoint lies in a safetensors file: tensors as tensors, the rest as JSON in a tensor of bytes, and a digest of all of it in the metadata.
/// The digest is defined once for all versions, so that damage is never taken for another version.
/// </summary>
/// <remarks>The state is no metadata: readers bound what they accept of that, and the curves of a long run have no such bound.</remarks>
internal static class CheckpointFormat
{
    public const int Version = 1;
    public const string StateName = "state";
    private const string VersionKey = "resnet.checkpoint_version";
    private const string IterationKey = "resnet.iteration";
    private const string DigestKey = "resnet.digest";

    /// <summary>The same property twice is a fault here, and not an exception that waits for the first access.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Lays out a file. The tensor of its state belongs to the current dispose scope and must live until the file is written.</summary>
    public static SafeTensorsPlan Plan(Checkpoint checkpoint)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [VersionKey] = Version.ToString(CultureInfo.InvariantCulture),
            [IterationKey] = checkpoint.Iteration.ToString(CultureInfo.InvariantCulture),
            ["format"] = "pt",
        };
        var state = torch.tensor(JsonSerializer.SerializeToUtf8Bytes(checkpoint.State), dtype: torch.ScalarType.Byte, device: torch.CPU);
        var tensors = checkpoint.Tensors.Append(KeyValuePair.Create(StateName, state)).Select(pair => TensorToWrite.Of(pair.Key, pair.Value)).ToList();
        metadata[DigestKey] = CheckpointDigest.Of(metadata, tensors);
        return new SafeTensorsPlan(tensors, metadata);
    }

    /// <summary>Reads what <see cref="Plan"/> laid out.</summary>
    /// <exception cref="CheckpointException">The checkpoint is whole, but of a later version.</exception>
    /// <exception cref="WeightsFormatException">It is damaged.</exception>
    public static JsonObject ReadState(StateDictFile file, int iteration)
    {
        string digest = Text(file, DigestKey);
        string found = DigestOf(file);
        if (digest != found)
        {
            throw new WeightsFormatException(file.Name, $"its content has the digest {found}, not {ShapeText.Quote(digest)} as it should; it is damaged.");
        }

        int version = Number(file, VersionKey);
        if (version > Version)
        {
            throw CheckpointException.LaterVersion(file.Name, version, Version);
        }

        if (Number(file, IterationKey) is var inside && inside != iteration)
        {
            throw new WeightsFormatException(file.Name, Invariant($"it is the checkpoint of iteration {inside}; it was renamed."));
        }

        return ReadState(file);
    }

    /// <summary>The digest that a file should have.</summary>
    public static string DigestOf(StateDictFile file) => CheckpointDigest.Of(
        file.Metadata.Where(pair => pair.Key != DigestKey), file.Entries.Select(entry => TensorToWrite.Of(file, entry)));

    private static string Text(StateDictFile file, string key) => file.Metadata.TryGetValue(key, out string? text)
        ? text
        : throw new WeightsFormatException(file.Name, $"it has no '{key}' in its metadata; it is damaged, or no checkpoint.");

    private static int Number(StateDictFile file, string key) =>
        int.TryParse(Text(file, key), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new WeightsFormatException(file.Name, $"'{key}' in its metadata is {ShapeText.Quote(Text(file, key))}, which is no number; it is damaged.");

    private static JsonObject ReadState(StateDictFile file)
    {
        if (file.Find(StateName) is not { Type: torch.ScalarType.Byte, Shape.Count: 1, ByteCount: > 0 })
        {
            throw new WeightsFormatException(file.Name, $"it has no bytes '{StateName}'; it is no checkpoint.");
        }

        try
        {
            using var text = file.Read(StateName);
            return JsonNode.Parse(text.bytes, documentOptions: Strict) as JsonObject
                ?? throw new WeightsFormatException(file.Name, "its state is no JSON object; it is damaged.");
        }
        catch (JsonException fault)
        {
            throw new WeightsFormatException(file.Name, $"its state is not JSON ({fault.Message.TrimEnd('.')}); it is damaged.", innerException: fault);
        }
    }
}

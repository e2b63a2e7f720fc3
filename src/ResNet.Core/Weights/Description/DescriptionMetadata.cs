using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>A <see cref="ModelDescription"/> as metadata texts, and back. What comes from a file is trusted in nothing.</summary>
internal static class DescriptionMetadata
{
    private const string VersionKey = "resnet.format_version";
    private const string OptionsKey = "resnet.options";
    private const string PreprocessingKey = "resnet.preprocessing";
    private const string LabelsKey = "resnet.labels";
    private const string FingerprintKey = "resnet.training_images";
    private const int LongestText = 64 << 10;
    private const int LongestLabels = 4 << 20;
    private const int LongestPreprocessing = LongestText + StoredPixelMean.LongestText;

    public static IReadOnlyDictionary<string, string> ToMetadata(ModelDescription description)
    {
        description.Options.EnsureValid();
        if (description.FormatVersion != ModelDescription.CurrentFormatVersion)
        {
            throw new ArgumentException(
                Invariant($"FormatVersion is {description.FormatVersion}; this version writes {ModelDescription.CurrentFormatVersion} only."), nameof(description));
        }

        if (description.Labels is { } labels && labels.Count != description.Options.ClassCount)
        {
            throw new ArgumentException(
                Invariant($"There are {labels.Count} labels for {description.Options.ClassCount} classes; give one label for each class."), nameof(description));
        }

        var json = DescriptionJson.Default;
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [VersionKey] = description.FormatVersion.ToString(CultureInfo.InvariantCulture),
            [OptionsKey] = JsonSerializer.Serialize(StoredOptions.Of(description.Options), json.StoredOptions),
        };
        if (description.Preprocessing is { } preprocessing)
        {
            metadata[PreprocessingKey] = JsonSerializer.Serialize(StoredPreprocessing.Of(preprocessing), json.StoredPreprocessing);
        }

        if (description.Labels is not null)
        {
            metadata[LabelsKey] = JsonSerializer.Serialize(description.Labels, json.IReadOnlyListString);
        }

        if (description.Fingerprint is { } fingerprint)
        {
            metadata[FingerprintKey] = JsonSerializer.Serialize(StoredFingerprint.From(fingerprint), json.StoredFingerprint);
        }

        return metadata;
    }

    /// <summary>Reads the description of a file.</summary>
    /// <returns>Null where the file has none.</returns>
    /// <exception cref="WeightsFormatException">It has one that cannot be read, or that does not fit its tensors.</exception>
    public static ModelDescription? Read(StateDictFile file)
    {
        if (!file.Metadata.TryGetValue(VersionKey, out string? version))
        {
            return file.Metadata.ContainsKey(OptionsKey) ? throw Fault(file, OptionsKey, $"there is no '{VersionKey}' beside it") : null;
        }

        CheckVersion(file, version);
        var json = DescriptionJson.Default;
        var options = Parse(file, OptionsKey, LongestText, json.StoredOptions, stored => stored.ToOptions())
            ?? throw Fault(file, OptionsKey, "it is missing");
        DescribedNetwork.EnsureFits(options, file);
        return new ModelDescription
        {
            Options = options,
            Preprocessing = Parse(file, PreprocessingKey, LongestPreprocessing, json.StoredPreprocessing, stored => DescribedInput.Bounded(stored.ToPreprocessing(), options)),
            Labels = Parse(file, LabelsKey, LongestLabels, text => new ClassLabels(StoredLabels.Read(text, options.ClassCount))),
            Fingerprint = Parse(file, FingerprintKey, StoredFingerprint.MaxTextLength, json.StoredFingerprint, stored => stored.ToFingerprint()),
        };
    }

    private static void CheckVersion(StateDictFile file, string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version < 1)
        {
            throw Fault(file, VersionKey, $"it is {ShapeText.Quote(text)}, not a number from 1");
        }

        if (version > ModelDescription.CurrentFormatVersion)
        {
            throw new WeightsFormatException(
                file.Name,
                Invariant($"its description has format version {version}, and this version of the library reads up to {ModelDescription.CurrentFormatVersion}; ")
                + "update ResNet.Core.");
        }
    }

    private static TResult? Parse<TStored, TResult>(
        StateDictFile file, string key, int longest, JsonTypeInfo<TStored> type, Func<TStored, TResult> convert)
        where TResult : class => Parse(file, key, longest, text => JsonSerializer.Deserialize(text, type) is { } stored ? convert(stored) : throw new FormatException("it is null"));

    private static TResult? Parse<TResult>(StateDictFile file, string key, int longest, Func<string, TResult> read)
        where TResult : class
    {
        if (!file.Metadata.TryGetValue(key, out string? text))
        {
            return null;
        }

        if (text.Length > longest)
        {
            throw Fault(file, key, Invariant($"it has {text.Length} characters; at most {longest} are read"));
        }

        try
        {
            return read(text);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException || (fault is FormatException and not WeightsFormatException))
        {
            throw Fault(file, key, fault.Message.TrimEnd('.'), fault);
        }
    }

    private static WeightsFormatException Fault(StateDictFile file, string key, string found, Exception? cause = null) =>
        new(file.Name, $"metadata '{key}' cannot be used: {found}. Save the file again, or build the model from options and load the weights alone.", null, cause);
}

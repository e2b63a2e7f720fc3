using System.Buffers.Text;
using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary><see cref="TrainingFingerprint"/> as files hold it. Another way to hold it would have another key, which readers of this one do not look at.</summary>
internal sealed record StoredFingerprint
{
    /// <summary>The most characters: the hashes in base64, and 1 KB for the rest.</summary>
    public const int MaxTextLength = (HashListCoding.MaxBytes / 3 * 4) + 1024;

    /// <summary>What is hashed: "file", "pixels" or both.</summary>
    public required IReadOnlyList<string> Of { get; init; }

    public required int Trained { get; init; }

    public required int Selected { get; init; }

    /// <summary>Hashes from this one on are left out; 2^40 where none is.</summary>
    public required ulong Bound { get; init; }

    public required int Count { get; init; }

    /// <summary>As <see cref="HashListCoding"/> writes them, in base64 for addresses: JSON writes a plus sign as six characters.</summary>
    public required string Hashes { get; init; }

    public static StoredFingerprint From(TrainingFingerprint fingerprint)
    {
        var kept = fingerprint.Sampled(TrainingFingerprint.MaxHashCount);
        return new StoredFingerprint
        {
            Of = [.. kept.Kinds.Select(kind => kind.ToString().ToLowerInvariant())],
            Trained = kept.TrainedCount,
            Selected = kept.SelectedCount,
            Bound = kept.Bound,
            Count = kept.Uses.Count,
            Hashes = Base64Url.EncodeToString(HashListCoding.Encode(kept.Uses)),
        };
    }

    /// <exception cref="FormatException">It is not what <see cref="From"/> makes.</exception>
    public TrainingFingerprint ToFingerprint()
    {
        if (Trained < 0 || Selected < 0 || Count > (long)Trained + Selected || Bound > 1UL << TrainingFingerprint.HashBits)
        {
            throw new FormatException(Invariant($"{Count} hashes below {Bound} of {Trained} images trained on and {Selected} selected by cannot be"));
        }

        var kinds = Of.Select(name => name switch
        {
            "file" => ImageHashKind.File,
            "pixels" => ImageHashKind.Pixels,
            _ => throw new FormatException(Invariant($"of is {ShapeText.Quote(name)}; it must be file or pixels")),
        });
        var uses = HashListCoding.Decode(Base64Url.DecodeFromChars(Hashes), Count);
        return uses.Keys.All(hash => hash < Bound)
            ? new TrainingFingerprint(uses, [.. kinds.Distinct().Order()], Bound, Trained, Selected)
            : throw new FormatException("there are hashes above the bound");
    }
}

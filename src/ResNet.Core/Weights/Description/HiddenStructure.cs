namespace ResNet.Weights;

/// <summary>What a network computes and what neither the names nor the shapes of its weights show.</summary>
internal static class HiddenStructure
{
    /// <summary>Sentences about what a file without a description cannot confirm.</summary>
    public static IReadOnlyList<string> Unverified(ResNetOptions model, string file)
    {
        var sentences = new List<string>();
        foreach (var (name, value) in Hidden(model))
        {
            sentences.Add($"{name} is {value} by the model's options; {file} does not say what it was trained with.");
        }

        return sentences;
    }

    /// <summary>Sentences about what the file says otherwise than the model.</summary>
    public static IReadOnlyList<string> Contradictions(ResNetOptions described, ResNetOptions model, string file)
    {
        var other = Hidden(described).ToDictionary();
        return
        [
            .. Hidden(model)
                .Where(option => other.TryGetValue(option.Key, out string? value) && value != option.Value)
                .Select(option =>
                    $"{option.Key} is {other[option.Key]} in {file} but {option.Value} in the model; build with {option.Key} = {Literal(other[option.Key])}."),
        ];
    }

    private static Dictionary<string, string> Hidden(ResNetOptions options)
    {
        var hidden = new Dictionary<string, string>(StringComparer.Ordinal);
        bool severalStages = options.BlocksPerStage.Count > 1;
        bool bottleneck = options.Block == BlockKind.Bottleneck;

        // Projections show in the names; option A and the plain networks have none.
        if (!options.Residual || options.Shortcut == ShortcutOption.A)
        {
            hidden[nameof(ResNetOptions.Residual)] = options.Residual.ToString();
        }

        if (options.Residual && options.Shortcut == ShortcutOption.A && (severalStages || bottleneck))
        {
            hidden[nameof(ResNetOptions.ZeroPadding)] = options.ZeroPadding.ToString();
        }

        if (bottleneck && severalStages)
        {
            hidden[nameof(ResNetOptions.BottleneckStride)] = options.BottleneckStride.ToString();
        }

        return hidden;
    }

    private static string Literal(string value) => value is "True" or "False" ? value.ToLowerInvariant() : value;
}

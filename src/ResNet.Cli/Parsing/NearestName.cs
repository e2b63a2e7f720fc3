namespace ResNet.Cli;

/// <summary>Which name a misspelled one may be.</summary>
internal static class NearestName
{
    /// <summary>Finds the name with the fewest letters to change, add, drop or swap.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">The names that there are.</param>
    /// <returns>Null where none is alike: more than a third of the letters differ, and none begins as it does.</returns>
    public static string? Find(string typed, IEnumerable<string> names)
    {
        var (name, distance) = names
            .Select(name => (Name: name, Distance: Between(typed.ToLowerInvariant(), name)))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .FirstOrDefault((string.Empty, int.MaxValue));
        return distance <= Math.Max(1, typed.TrimStart('-').Length / 3)
            ? name
            : names.FirstOrDefault(known => typed.TrimStart('-').Length > 1 && known.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The edit distance in which two neighbouring letters that changed places count once.</summary>
    private static int Between(string one, string other)
    {
        int[,] cost = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                cost[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(
                        Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                        cost[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[one.Length, other.Length];
    }
}

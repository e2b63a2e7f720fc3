namespace ResNet.Training;

/// <summary>
/// Finds names that differ only in case, or in whether an accent is part of its letter or follows it: two folders on one system, one folder on
/// another, and usually a mistake of whoever copied them.
/// </summary>
internal static class NameTwins
{
    /// <returns>For each name that is the twin of an earlier one, both.</returns>
    public static IEnumerable<(string Name, string Earlier)> Find(IReadOnlyList<string> names)
    {
        var earlier = new List<Letters>();
        var byText = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            Letters letters = Letters.Of(name);
            string? twin = byText.GetValueOrDefault(letters.Text);
            twin ??= earlier.Find(other => (letters.HasMarks || other.HasMarks) && letters.Matches(other))?.Name;
            if (twin is not null)
            {
                yield return (name, twin);
            }

            earlier.Add(letters);
            _ = byText.TryAdd(letters.Text, name);
        }
    }

    private static bool IsMark(char letter) => letter is (>= '\u0300' and <= '\u036F') or '\u3099' or '\u309A';

    /// <summary>A name in upper case, its accents taken off.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Text">The name in upper case.</param>
    /// <param name="Bases">The same without the accents that follow letters.</param>
    /// <param name="IsMarked">For each of these letters, whether an accent followed it.</param>
    private sealed record Letters(string Name, string Text, string Bases, bool[] IsMarked)
    {
        public bool HasMarks => IsMarked.Contains(true);

        public static Letters Of(string name)
        {
            string text = name.ToUpperInvariant();
            string bases = string.Concat(text.Where(letter => !IsMark(letter)));
            bool[] isMarked = [.. Enumerable.Range(0, text.Length).Where(i => !IsMark(text[i])).Select(i => i + 1 < text.Length && IsMark(text[i + 1]))];
            return new Letters(name, text, bases, isMarked);
        }

        // Tables of letters are not at hand where globalization is invariant: a letter with an accent of its own is taken for the other's.
        public bool Matches(Letters other)
        {
            if (Bases.Length != other.Bases.Length)
            {
                return false;
            }

            for (int i = 0; i < Bases.Length; i++)
            {
                bool isSame = (IsMarked[i], other.IsMarked[i]) switch
                {
                    (true, false) => !char.IsAscii(other.Bases[i]) && char.IsLetter(other.Bases[i]),
                    (false, true) => !char.IsAscii(Bases[i]) && char.IsLetter(Bases[i]),
                    _ => Bases[i] == other.Bases[i],
                };
                if (!isSame)
                {
                    return false;
                }
            }

            return true;
        }
    }
}

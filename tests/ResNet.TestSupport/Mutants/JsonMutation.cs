using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ResNet.TestSupport.Mutants;

/// <summary>Changes tokens of a safetensors header, and keeps its length right.</summary>
internal static partial class JsonMutation
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e3", "1.5", "99999999999999999999", "\"\"", "\"F64\"", "\"BOOL\"", "\"U8\"", "\"dtype\"",
        "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"\\u0000\"", "\"\\ud800\"",
    ];

    public static byte[] Of(byte[] file, Random random)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var tokens = Token().Matches(Encoding.UTF8.GetString(file, 8, length)).Select(match => match.Value).ToList();
        for (int changes = random.Next(1, 4); changes > 0 && tokens.Count > 0; changes--)
        {
            Change(tokens, random);
        }

        byte[] header = Encoding.UTF8.GetBytes(string.Concat(tokens));
        byte[] mutant = [.. new byte[8], .. header, .. file.AsSpan(8 + length)];
        BinaryPrimitives.WriteInt64LittleEndian(mutant, header.Length);
        return mutant;
    }

    private static void Change(List<string> tokens, Random random)
    {
        int at = random.Next(tokens.Count);
        switch (random.Next(6))
        {
            case 0: tokens.RemoveAt(at); break;
            case 1: tokens.Insert(random.Next(tokens.Count), tokens[at]); break;
            case 2: (tokens[at], tokens[0]) = (tokens[random.Next(tokens.Count)], tokens[0]); break;
            case 3: tokens[at] = Tokens[random.Next(Tokens.Length)]; break;
            default:
                var numbers = Enumerable.Range(0, tokens.Count).Where(i => char.IsAsciiDigit(tokens[i][0])).ToList();
                tokens[numbers.Count > 0 ? numbers[random.Next(numbers.Count)] : at] = ByteMutation.Number(random).ToString(CultureInfo.InvariantCulture);
                break;
        }
    }

    [GeneratedRegex("\"[^\"]*\"|[0-9]+|.", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}

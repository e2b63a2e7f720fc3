using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ResNet.TestSupport.Mutants;

/// <summary>Changes tokens of JSON: of a safetensors header, whose length stays right, of a text in its metadata, or of a file by itself.</summary>
internal static partial class JsonMutation
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e3", "1.5", "99999999999999999999", "\"\"", "\"F64\"", "\"BOOL\"", "\"U8\"", "\"dtype\"",
        "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"\\u0000\"", "\"\\ud800\"",
        "\"Bottleneck\"", "\"Cifar\"", "\"A\"", "\"C\"", "[1,1,1,1]", "[2147483647,2147483647]", "[]", "100000", "1e308", "-0.0", "1e-30", "false",
    ];

    public static byte[] Of(byte[] file, Random random)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        return WithHeader(file, length, OfText(Encoding.UTF8.GetString(file, 8, length), random));
    }

    /// <summary>A mutant of a text of JSON.</summary>
    public static string OfText(string text, Random random)
    {
        var tokens = Token().Matches(text).Select(match => match.Value).ToList();
        for (int changes = random.Next(1, 4); changes > 0 && tokens.Count > 0; changes--)
        {
            Change(tokens, random);
        }

        return string.Concat(tokens);
    }

    /// <summary>A text of the metadata changed, and the header around it right; a file without metadata has its header changed.</summary>
    public static byte[] OfMetadata(byte[] file, Random random)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        var header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        if (header["__metadata__"] is not JsonObject { Count: > 0 } metadata)
        {
            return Of(file, random);
        }

        string key = metadata.ElementAt(random.Next(metadata.Count)).Key;
        string text = OfText(metadata[key]!.GetValue<string>(), random);
        if (random.Next(12) == 0)
        {
            metadata.Remove(key);
        }
        else
        {
            metadata[key] = text;
        }

        return WithHeader(file, length, header.ToJsonString());
    }

    private static byte[] WithHeader(byte[] file, int length, string text)
    {
        byte[] header = Encoding.UTF8.GetBytes(text);
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

using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ResNet.Weights;

/// <summary>The labels of a description, as a list of JSON. They are counted before any is read: a million of one letter take a hundred times the memory of their text.</summary>
internal static class StoredLabels
{
    /// <summary>Reads the list.</summary>
    /// <param name="text">What the file says.</param>
    /// <param name="classCount">How many labels there must be.</param>
    /// <exception cref="FormatException">There are more or fewer.</exception>
    /// <exception cref="JsonException">It is no list of texts.</exception>
    public static string[] Read(string text, int classCount)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var json = buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer));
            int count = Walk(json, []);
            if (count != classCount)
            {
                throw new FormatException(FormattableString.Invariant($"it has {count} names for {classCount} classes"));
            }

            string[] labels = new string[count];
            Walk(json, labels);
            return labels;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Walk(ReadOnlySpan<byte> json, Span<string> labels)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("it is no list of names");
        }

        int count = 0;
        while (reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.Null)
        {
            if (count < labels.Length)
            {
                // Null is a name that is blank, as the list of labels says it.
                labels[count] = TextOf(reader)!;
            }

            count++;
        }

        // The reader itself refuses what follows the end.
        return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? count : throw new JsonException("it holds something else than names");
    }

    private static string? TextOf(in Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException ex)
        {
            throw new JsonException(ex.Message, ex);
        }
    }
}

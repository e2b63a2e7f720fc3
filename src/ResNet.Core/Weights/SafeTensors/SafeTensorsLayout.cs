namespace ResNet.Weights;

/// <summary>Checks that tensors fill the data of a safetensors file exactly, as the format demands: no overlap, no gap, no rest.</summary>
internal static class SafeTensorsLayout
{
    public static void EnsureGapless(string file, IReadOnlyList<StoredTensor> tensors, long dataStart, long fileLength, ByteView view)
    {
        long end = dataStart;
        string before = "the header";
        foreach (var (entry, _, offset, _) in tensors.OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.Entry.ByteCount))
        {
            string name = ShapeText.Quote(entry.Name);
            if (offset < end)
            {
                throw new WeightsFormatException(
                    file, $"tensor {name} begins before {before} ends at byte {end}; values must not overlap, the file is damaged or hostile.", offset);
            }

            if (offset > end)
            {
                throw new WeightsFormatException(
                    file, $"{offset - end} bytes between {before} and tensor {name} belong to nothing; the file is damaged or hostile.", end);
            }

            end = offset + entry.ByteCount;
            before = $"tensor {name}";
        }

        if (end != fileLength)
        {
            string why = Padding.BeginsAt(view, end, fileLength)
                ? $"they are zeros, as some transfers append them. Cut the file to {end} bytes (truncate -s {end}) or download it again."
                : "the file is damaged, or something was appended to it.";
            throw new WeightsFormatException(file, $"{fileLength - end} bytes after {before} belong to nothing; {why}", end);
        }
    }
}

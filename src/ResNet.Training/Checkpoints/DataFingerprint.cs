using System.Globalization;
using System.IO.Hashing;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Tells whether a data set is the one that a run began with, without reading all of it.</summary>
internal static class DataFingerprint
{
    private const int ProbeCount = 8;

    /// <summary>
    /// Count, labels, each picture's name and class, and the pixels of a few pictures spread over the set. The folder that all names share does
    /// not count: pictures may move.
    /// </summary>
    /// <returns>A text such as "45000 pictures of 10 classes, 0a1b…", equal for equal data.</returns>
    public static string Of(IImageDataset dataset)
    {
        var hash = new XxHash128();
        CheckpointDigest.Append(hash, dataset.Labels.Count);
        foreach (string label in dataset.Labels)
        {
            CheckpointDigest.Append(hash, label);
        }

        int shared = SharedFolder.LengthOf([.. Enumerable.Range(0, dataset.Count).Select(dataset.NameOf)]);
        for (int i = 0; i < dataset.Count; i++)
        {
            CheckpointDigest.Append(hash, dataset.NameOf(i)[shared..]);
            CheckpointDigest.Append(hash, dataset.LabelOf(i));
        }

        int probes = Math.Min(ProbeCount, dataset.Count);
        for (int i = 0; i < probes; i++)
        {
            AppendPixels(hash, dataset, (int)((long)i * (dataset.Count - 1) / Math.Max(1, probes - 1)));
        }

        string digest = Convert.ToHexStringLower(hash.GetCurrentHash());
        return string.Create(CultureInfo.InvariantCulture, $"{dataset.Count} pictures of {dataset.Labels.Count} classes, {digest}");
    }

    private static void AppendPixels(XxHash128 hash, IImageDataset dataset, int index)
    {
        try
        {
            var image = dataset.Read(index).Image;
            CheckpointDigest.Append(hash, image.Width);
            CheckpointDigest.Append(hash, image.Height);
            hash.Append(image.Pixels);
        }
        catch (ImageFormatException)
        {
            // A run leaves damaged pictures out; that it is damaged is what is known of it.
            CheckpointDigest.Append(hash, -1);
        }
    }
}

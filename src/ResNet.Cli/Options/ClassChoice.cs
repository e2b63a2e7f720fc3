using System.Globalization;
using ResNet.Imaging;

namespace ResNet.Cli;

/// <summary>A class that the command line names, by its name or by its index.</summary>
internal static class ClassChoice
{
    public static int Find(string text, UsedNetwork network)
    {
        int count = network.Model.Options.ClassCount;
        if (IndexOf(text, network.Labels) is { } named)
        {
            return named;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return index < count ? index : throw new UsageException($"--class is {index}, but the network has {count} classes: 0 to {count - 1}.");
        }

        throw new UsageException(network.Labels is null
            ? $"--class is '{text}', but the names of the classes are not known; give an index, 0 to {count - 1}."
            : $"The network knows no class '{text}'. The nearest are: {string.Join(", ", network.Labels.Nearest(text))}.");
    }

    /// <summary>An exact name first, so that two which differ in case only can both be meant.</summary>
    private static int? IndexOf(string text, ClassLabels? labels)
    {
        if (labels is null)
        {
            return null;
        }

        int exact = labels.IndexOf(text);
        return exact >= 0
            ? exact
            : labels.Select((label, index) => (label, index)).Where(pair => pair.label.Equals(text, StringComparison.OrdinalIgnoreCase)).Select(pair => (int?)pair.index).FirstOrDefault();
    }
}

using System.CommandLine;
using ResNet.Training;
using ResNet.Weights;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Leaves out of a test what networks have seen in training: on those images they are better than on any new one.</summary>
internal static class UnseenImages
{
    public static Option<bool> IncludeSeen() => new("--include-seen")
    {
        Description = "Take images too that the network was trained on or selected by; without this option they are left out.",
    };

    /// <summary>Looks for images that were seen, and says what becomes of them.</summary>
    /// <param name="console">Where that is said.</param>
    /// <param name="images">The images.</param>
    /// <param name="fingerprints">What the networks were trained on, as far as that is known.</param>
    /// <param name="includeSeen">Whether seen images are taken too.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>What was found, null where nothing is known of any training; and the images without the seen ones, null where all are taken.</returns>
    public static (SeenImages? Seen, Subset? Unseen) Find(
        IAnsiConsole console, IImageDataset images, IEnumerable<TrainingFingerprint?> fingerprints, bool includeSeen, CancellationToken stop)
    {
        TrainingFingerprint[] known = [.. fingerprints.OfType<TrainingFingerprint>()];
        if (known.Length == 0)
        {
            return (null, null);
        }

        SeenImages? found = null;
        ShareDisplay.Show(console, "looking for images that were seen in training", progress => found = SeenImages.Find(images, known, null, progress, stop));
        var seen = found! with { LeftOut = !includeSeen && found.CanBeLeftOut };
        if (SeenImagesText.Of(seen) is { } text)
        {
            console.Say(text);
        }

        return (seen, seen.LeftOut ? new Subset(images, seen.UnseenIndices) : null);
    }
}

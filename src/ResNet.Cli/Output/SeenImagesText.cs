using ResNet.Training;

namespace ResNet.Cli;

/// <summary>What is said of images that a network has seen in training.</summary>
internal static class SeenImagesText
{
    /// <summary>A line; null where no image was seen.</summary>
    public static string? Of(SeenImages seen)
    {
        if (seen.EstimatedSeenCount == 0)
        {
            return null;
        }

        string which = seen.UnknownCount == 0
            ? $"{seen.SeenCount:N0} of {seen.ImageCount:N0} images ({seen.TrainedCount:N0} trained on, {seen.SelectedCount:N0} selected by)"
            : $"about {seen.EstimatedSeenCount:N0} of {seen.ImageCount:N0} images (by a sample: the weights do not name them all)";
        return seen.LeftOut
            ? $"seen in training: {which}; they are left out, --include-seen takes them too"
            : $"WARNING: seen in training: {which}; they are among those tested on, so errors on new images will be higher";
    }

    /// <summary>The words behind a number of images; empty where all images of the folder are new to the network.</summary>
    public static string Remark(SeenImages? seen) =>
        seen is null or { EstimatedSeenCount: 0 } ? string.Empty :
        seen.LeftOut ? $"; {seen.SeenCount:N0} more were seen in training and are left out" :
        $"; {(seen.UnknownCount > 0 ? "about " : string.Empty)}{seen.EstimatedSeenCount:N0} of them WERE SEEN IN TRAINING";
}

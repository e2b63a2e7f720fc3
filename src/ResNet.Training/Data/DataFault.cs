using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Something in a data set that was skipped.</summary>
/// <param name="Path">The file or folder, or the name of the picture where it has no file.</param>
/// <param name="Reason">What was found there, as a sentence without a full stop.</param>
public sealed record DataFault(string Path, string Reason)
{
    // The message of a decoder starts with the name, which a fault already has.
    internal static DataFault Of(string name, ImageFormatException reason)
    {
        string prefix = $"{reason.ImageName}: ";
        string text = reason.Message.StartsWith(prefix, StringComparison.Ordinal) ? reason.Message[prefix.Length..] : reason.Message;
        return new DataFault(name, text);
    }
}

using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.DependencyInjection;

/// <summary>What a web service answers where an image cannot be classified, in the terms of HTTP (RFC 9457), whatever framework it uses.</summary>
/// <param name="StatusCode">400 for what is no image or a damaged one, 413 for one that is too large, 503 where too many wait already.</param>
/// <param name="Title">A few words, the same for every problem of the kind.</param>
/// <param name="Detail">What was found, in one line; it names no file of the server where the image came as a stream or bytes.</param>
/// <param name="RetryAfter">For the header <c>Retry-After</c>; null where asking again is of no use.</param>
public sealed record ImageProblem(int StatusCode, string Title, string Detail, TimeSpan? RetryAfter)
{
    private const int MaxDetailLength = 500;
    private static readonly TimeSpan QueueDelay = TimeSpan.FromSeconds(1);

    /// <summary>Finds the problem that an exception stands for.</summary>
    /// <param name="error">What <see cref="ImageClassifier"/> or <see cref="ImageDecoder"/> threw.</param>
    /// <returns>The problem; null where the error is not the caller's, such as a fault of the program.</returns>
    public static ImageProblem? Of(Exception error) => error switch
    {
        ImageFormatException { IsTooLarge: true } => new ImageProblem(413, "The image is too large.", OneLine(error), RetryAfter: null),
        ImageFormatException => new ImageProblem(400, "The image cannot be read.", OneLine(error), RetryAfter: null),
        ImageQueueFullException => new ImageProblem(503, "Too many images are waiting.", OneLine(error), QueueDelay),
        _ => null,
    };

    /// <summary>One line for a log.</summary>
    /// <returns>Such as "400 The image cannot be read. the stream: expected a JPEG, …".</returns>
    public override string ToString() => $"{StatusCode} {Title} {Detail}";

    /// <summary>What was found may repeat what the image's sender wrote.</summary>
    private static string OneLine(Exception error)
    {
        string text = VisibleText.Line(error.Message);
        return text.Length <= MaxDetailLength ? text : $"{text[..MaxDetailLength]}…";
    }
}

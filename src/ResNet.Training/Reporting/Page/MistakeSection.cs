using System.Xml.Linq;
using ResNet.Imaging;
using static ResNet.Training.Html;

namespace ResNet.Training;

/// <summary>The wrong answers that the network was most sure of, with their pictures in the page itself.</summary>
internal static class MistakeSection
{
    private const int LongestSide = 96;

    public static XElement? Create(EvaluationReport report, EvaluationSetup setup, IImageDataset dataset, CancellationToken cancellationToken)
    {
        var mistakes = report.ConfidentMistakes(setup.MistakeCount);
        if (mistakes.Count == 0)
        {
            return null;
        }

        var canvas = new ImageCanvas();
        return Section(
            "mistakes",
            "Most confident mistakes",
            Tag("p", "Where the network was wrong and sure of it: look for wrong labels, two things on one picture, and what else it may have learned."),
            Tag("ul", Class("grid"), mistakes.Select(answer =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return Tag("li", Figure(report, dataset, answer, canvas));
            }).ToArray()));
    }

    private static XElement Figure(EvaluationReport report, IImageDataset dataset, PictureAnswer answer, ImageCanvas canvas)
    {
        string actual = report.Labels[answer.Label], predicted = report.Labels[answer.Predicted], name = dataset.NameOf(answer.Index);
        return Tag(
            "figure",
            Set("data-index", answer.Index),
            Picture(dataset, answer.Index, $"A picture of '{actual}' that was taken for '{predicted}'", canvas),
            Tag(
                "figcaption",
                Tag("span", Class("taken"), "✗ ", Name(predicted), " ", Number("confidence", answer.Confidence, Percent(answer.Confidence))),
                Tag("span", "is ", Name(actual), " ", Number("labelProbability", answer.LabelProbability, Percent(answer.LabelProbability))),
                Tag("span", Class("file"), Set("title", name), Name(Path.GetFileName(name)))));
    }

    private static XElement Picture(IImageDataset dataset, int index, string description, ImageCanvas canvas)
    {
        try
        {
            _ = dataset.Read(index, canvas);
        }
        catch (ImageFormatException fault)
        {
            return Tag("p", Class("missing"), $"The picture cannot be read any more: {fault.Message}");
        }

        int longer = Math.Max(canvas.Width, canvas.Height);
        if (longer > LongestSide)
        {
            canvas.Resize(Scaled(canvas.Width), Scaled(canvas.Height), ResizeFilter.Bilinear);
        }

        var picture = canvas.ToImage();
        return Tag(
            "img",
            Set("alt", description),
            Set("width", picture.Width),
            Set("height", picture.Height),
            longer <= LongestSide / 2 ? Class("small") : null,
            Set("src", $"data:image/png;base64,{Convert.ToBase64String(ImageEncoder.ToPng(picture))}"));

        int Scaled(int side) => Math.Max(1, (int)Math.Round((double)side * LongestSide / longer));
    }
}

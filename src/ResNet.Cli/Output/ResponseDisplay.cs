using ResNet.Analysis;
using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Measures how strongly the layers of a network respond, and shows how far that is.</summary>
internal static class ResponseDisplay
{
    public static (IReadOnlyList<LayerResponse> Responses, IReadOnlyList<DataFault> Faults) Measure(
        IAnsiConsole console, string name, ResNetModel model, IImageDataset pictures, LoaderOptions loading, CancellationToken stop)
    {
        var loader = new BatchLoader(pictures, loading, model.parameters().First().device);
        var responses = ProgressDisplay.Show(console, display => LayerResponses.Measure(model, Images(display), stop));
        return (responses, loader.Faults);

        IEnumerable<Tensor> Images(ProgressDisplay display)
        {
            int seen = 0;
            foreach (var batch in loader.Epoch(0, stop))
            {
                using (batch)
                {
                    yield return batch.Images;
                    seen += batch.Count;
                }

                display.Update(seen, pictures.Count, $"{name}: {seen:N0} of {pictures.Count:N0} pictures");
            }
        }
    }
}

using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>What an evaluation should find, worked out picture by picture from whole pictures in memory, in the plainest way.</summary>
internal sealed class ViewsByHand(ResNetModel model, IImageDataset dataset, Preprocessing preprocessing)
{
    /// <summary>Mean cross-entropy of averaged probabilities.</summary>
    /// <param name="views">The pictures that the network sees of one, in a group for each scale.</param>
    /// <param name="isFull">Whether each is judged at every position of its last map.</param>
    /// <param name="averagesLogits">Whether logits are averaged instead.</param>
    public double Loss(Func<RgbImage, IEnumerable<IReadOnlyList<RgbImage>>> views, bool isFull = false, bool averagesLogits = false)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        model.eval();
        double loss = 0;
        for (int i = 0; i < dataset.Count; i++)
        {
            var sample = dataset.Read(i);
            double[] scores = Mean(views(sample.Image).Select(scale => Mean(scale.Select(view => Mean(Judge(view, isFull).Select(logits => averagesLogits ? logits : Softmax(logits)))))));
            loss -= Math.Log((averagesLogits ? Softmax(scores) : scores)[sample.Label]);
        }

        return loss / dataset.Count;
    }

    private static double[] Mean(IEnumerable<double[]> vectors)
    {
        double[][] all = [.. vectors];
        return [.. Enumerable.Range(0, all[0].Length).Select(i => all.Average(vector => vector[i]))];
    }

    private static double[] Softmax(double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return [.. logits.Select(logit => Math.Exp(logit) / sum)];
    }

    /// <summary>The logits at every position, from the last map and the classifier's weights.</summary>
    private List<double[]> Judge(RgbImage view, bool isFull)
    {
        using var scope = torch.NewDisposeScope();
        var images = ImageTensor.FromImages([view], preprocessing.Normalization);
        if (!isFull)
        {
            return [Numbers(model.call(images))];
        }

        int pool = model.Options.LastMapSize(preprocessing.CropSize);
        var parameters = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        var map = model.ForwardStages(images)[^1];
        var positions = new List<double[]>();
        for (long y = 0; y + pool <= map.shape[2]; y++)
        {
            for (long x = 0; x + pool <= map.shape[3]; x++)
            {
                var pooled = map.narrow(2, y, pool).narrow(3, x, pool).mean([2, 3]).squeeze(0);
                positions.Add(Numbers(parameters["fc.weight"].mv(pooled) + parameters["fc.bias"]));
            }
        }

        return positions;
    }

    private static double[] Numbers(Tensor logits) => [.. logits.contiguous().data<float>().ToArray().Select(value => (double)value)];
}

using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// Mixes each picture of a batch with its neighbour, and their classes alike: mixup (Zhang et al. 2017, arXiv 1710.09412) blends them, CutMix
/// (Yun et al. 2019, arXiv 1905.04899) puts a rectangle of one into the other. Where both are given, each batch takes one of them by chance.
/// </summary>
public sealed record BatchMixing
{
    /// <summary>Alpha of mixup: the share of a picture is drawn from Beta(alpha, alpha).</summary>
    /// <value>Above 0; torchvision's recipe has 0.2. Default: null, no mixup.</value>
    /// <exception cref="ArgumentOutOfRangeException">0 or below, or not finite.</exception>
    public double? MixupAlpha { get; init => field = Checked(value, nameof(MixupAlpha)); }

    /// <summary>Alpha of CutMix: the share of a picture's area is drawn from Beta(alpha, alpha).</summary>
    /// <value>Above 0; torchvision's recipe has 1. Default: null, no CutMix.</value>
    /// <exception cref="ArgumentOutOfRangeException">0 or below, or not finite.</exception>
    public double? CutMixAlpha { get; init => field = Checked(value, nameof(CutMixAlpha)); }

    /// <summary>Mixes in place.</summary>
    /// <param name="images">N x 3 x H x W.</param>
    /// <param name="labels">N, int64.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>The shares of the classes: N x classes, float32. The caller disposes it.</returns>
    internal Tensor Apply(Tensor images, Tensor labels, int classCount, SampleRandom random)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        bool cut = CutMixAlpha is not null && (MixupAlpha is null || random.NextDouble() < 0.5);
        double alpha = (cut ? CutMixAlpha : MixupAlpha) ?? throw new InvalidOperationException("There is nothing to mix by.");
        double share = BetaDistribution.Sample(alpha, random);
        var partners = images.roll(1, 0);
        if (cut)
        {
            share = Cut(images, partners, share, random);
        }
        else
        {
            images.mul_((float)share).add_(partners, alpha: (float)(1 - share));
        }

        var hot = torch.nn.functional.one_hot(labels, classCount).to(torch.float32);
        return hot.mul((float)share).add_(hot.roll(1, 0), alpha: (float)(1 - share)).MoveToOuterDisposeScope();
    }

    /// <summary>A rectangle about a random point; what of it lies outside of the picture is not taken. Returns the share that stays.</summary>
    private static double Cut(Tensor images, Tensor partners, double share, SampleRandom random)
    {
        int height = (int)images.shape[2], width = (int)images.shape[3];
        double half = 0.5 * Math.Sqrt(1 - share);
        int x = random.Next(width), y = random.Next(height);
        int halfWidth = (int)(half * width), halfHeight = (int)(half * height);
        var box = new PixelWindow(Math.Max(0, x - halfWidth), Math.Max(0, y - halfHeight), 0, 0);
        int right = Math.Min(width, x + halfWidth), bottom = Math.Min(height, y + halfHeight);
        box = box with { Width = right - box.X, Height = bottom - box.Y };
        if (box.Width <= 0 || box.Height <= 0)
        {
            return 1;
        }

        images.narrow(2, box.Y, box.Height).narrow(3, box.X, box.Width)
            .copy_(partners.narrow(2, box.Y, box.Height).narrow(3, box.X, box.Width));
        return 1 - ((double)box.Width * box.Height / ((double)width * height));
    }

    private static double? Checked(double? value, string name) => value is null || (value > 0 && double.IsFinite(value.Value))
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0, or null.");
}

using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// A common corruption of a severity (Hendrycks and Dietterich, ICLR 2019), to find out what a network makes of pictures worse than those it was
/// trained on. The paper demands that no network is trained with them.
/// </summary>
/// <remarks>
/// <para>The strengths are those by which ImageNet-C and CIFAR-10-C were made, the latter where the shorter side of the picture is at most
/// <see cref="LargestSmallSide"/>: 32x32 pixels would not outlive the former. Of severity 1 to 5:</para>
/// <list type="table">
/// <listheader><term>corruption</term><description>large pictures; small pictures</description></listheader>
/// <item><term>Gaussian noise, standard deviation of 0 to 1</term><description>0.08 0.12 0.18 0.26 0.38; 0.04 0.06 0.08 0.09 0.10</description></item>
/// <item><term>shot noise, quanta of white</term><description>60 25 12 5 3; 500 250 100 75 50</description></item>
/// <item><term>impulse noise, share of channels</term><description>0.03 0.06 0.09 0.17 0.27; 0.01 0.02 0.03 0.05 0.07</description></item>
/// <item><term>speckle noise, standard deviation of the channel's own value</term><description>0.15 0.20 0.35 0.45 0.60; 0.06 0.10 0.12 0.16 0.20</description></item>
/// <item><term>Gaussian blur, standard deviation in pixels</term><description>1 2 3 4 6; 0.4 0.6 0.7 0.8 1</description></item>
/// <item><term>defocus blur, radius of the disc and standard deviation of the Gauss that smooths it</term><description>3/0.1 4/0.5 6/0.5 8/0.5 10/0.5; 0.3/0.4 0.4/0.5 0.5/0.6 1/0.2 1.5/0.1</description></item>
/// <item><term>motion blur, half the trail's length and standard deviation of its fading</term><description>10/3 15/5 15/8 15/12 20/15; 6/1 6/1.5 6/2 8/2 9/2.5</description></item>
/// <item><term>brightness, added to a value of 0 to 1</term><description>0.1 0.2 0.3 0.4 0.5; 0.05 0.10 0.15 0.20 0.30</description></item>
/// <item><term>contrast, share that is left</term><description>0.4 0.3 0.2 0.1 0.05; 0.75 0.5 0.4 0.3 0.15</description></item>
/// <item><term>pixelate, share of the side</term><description>0.6 0.5 0.4 0.3 0.25; 0.95 0.90 0.85 0.75 0.65</description></item>
/// <item><term>JPEG, quality</term><description>25 18 15 10 7; 80 65 58 50 40</description></item>
/// </list>
/// <para>As there, results are rounded down to bytes. The published sets differ in this: they were drawn by another generator, and ImageNet-C is
/// stored as JPEG of quality 85, which is a corruption of its own. The disc's weights are made to add up to 1.</para>
/// <para>All chance comes from the generator that is passed in. It may follow any transforms, and be followed by any.</para>
/// </remarks>
public sealed record Corruption : ITransform
{
    /// <summary>How many severities there are: they are 1 to 5.</summary>
    public const int SeverityCount = 5;

    /// <summary>Pictures whose shorter side is no longer than this, in pixels, are corrupted by CIFAR-10-C's strengths.</summary>
    public const int LargestSmallSide = 64;

    /// <summary>Describes a corruption.</summary>
    /// <param name="kind">What is done.</param>
    /// <param name="severity">1 (mild) to 5 (severe).</param>
    /// <exception cref="ArgumentOutOfRangeException">No kind of the enumeration, or a severity outside 1 to 5.</exception>
    public Corruption(CorruptionKind kind, int severity)
    {
        Kind = kind;
        Severity = severity;
    }

    /// <summary>Every kind, in the enumeration's order.</summary>
    public static IReadOnlyList<CorruptionKind> AllKinds { get; } = Array.AsReadOnly(Enum.GetValues<CorruptionKind>());

    /// <summary>What is done.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No value of the enumeration.</exception>
    public CorruptionKind Kind
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Kind must be a value of CorruptionKind.");
    }

    /// <summary>How much.</summary>
    /// <value>1 (mild) to 5 (severe).</value>
    /// <exception cref="ArgumentOutOfRangeException">Outside 1 to 5.</exception>
    public int Severity
    {
        get;
        init => field = value is >= 1 and <= SeverityCount ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Severity must be 1 to 5.");
    }

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        bool isSmall = Math.Min(canvas.Width, canvas.Height) <= LargestSmallSide;
        double strength = CorruptionStrengths.Of(Kind, Severity, isSmall);
        switch (Kind)
        {
            case CorruptionKind.GaussianNoise:
                PixelNoise.Gaussian(canvas, strength, random);
                break;
            case CorruptionKind.ShotNoise:
                PixelNoise.Shot(canvas, strength, random);
                break;
            case CorruptionKind.ImpulseNoise:
                PixelNoise.Impulse(canvas, strength, random);
                break;
            case CorruptionKind.SpeckleNoise:
                PixelNoise.Speckle(canvas, strength, random);
                break;
            case CorruptionKind.GaussianBlur:
                Blur.Gaussian(canvas, strength);
                break;
            case CorruptionKind.DefocusBlur:
                Blur.Defocus(canvas, DiscKernels.Of(Severity, isSmall));
                break;
            case CorruptionKind.MotionBlur:
                Blur.Motion(canvas, (int)strength, CorruptionStrengths.Spread(Kind, Severity, isSmall), random);
                break;
            case CorruptionKind.Brightness:
                Tones.Brighten(canvas, strength);
                break;
            case CorruptionKind.Contrast:
                Tones.Flatten(canvas, strength);
                break;
            case CorruptionKind.Pixelate:
                Pixelate(canvas, strength);
                break;
            default:
                JpegRoundTrip.Apply(canvas, (int)strength);
                break;
        }
    }

    private static void Pixelate(ImageCanvas canvas, double share)
    {
        var (width, height) = (canvas.Width, canvas.Height);
        canvas.Resize(Math.Max(1, (int)(width * share)), Math.Max(1, (int)(height * share)), ResizeFilter.Box);
        canvas.Resize(width, height, ResizeFilter.Box);
    }
}

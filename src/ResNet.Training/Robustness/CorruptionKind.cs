namespace ResNet.Training;

/// <summary>
/// The common corruptions that <see cref="Corruption"/> does, of "Benchmarking Neural Network Robustness to Common Corruptions and Perturbations"
/// (D. Hendrycks and T. Dietterich, ICLR 2019).
/// </summary>
/// <remarks>Of the paper's fifteen, glass blur, zoom blur, snow, frost, fog and elastic transform are missing. <see cref="SpeckleNoise"/> and
/// <see cref="GaussianBlur"/> are of the four that the paper keeps aside for tuning, and that its mean leaves out.</remarks>
public enum CorruptionKind
{
    /// <summary>Normally distributed noise on every channel of every pixel, as in low light.</summary>
    GaussianNoise,

    /// <summary>The noise of counted light: each channel becomes a Poisson-distributed number of quanta.</summary>
    ShotNoise,

    /// <summary>Salt and pepper, on every channel by itself: some become 0, as many 255.</summary>
    ImpulseNoise,

    /// <summary>Normally distributed noise in proportion to the brightness of the channel.</summary>
    SpeckleNoise,

    /// <summary>A mean of the neighbours weighted by a normal distribution.</summary>
    GaussianBlur,

    /// <summary>A disc at every pixel, as of a lens out of focus.</summary>
    DefocusBlur,

    /// <summary>A fading trail, as of a camera that moves, in a direction up to 45 degrees off the horizontal that is drawn for each picture.</summary>
    MotionBlur,

    /// <summary>The value of hue, saturation, value is raised, as in a picture exposed too long.</summary>
    Brightness,

    /// <summary>Every channel comes closer to its mean over the picture.</summary>
    Contrast,

    /// <summary>Reduced by a box filter and enlarged again, so that pixels are seen.</summary>
    Pixelate,

    /// <summary>Compressed as JPEG.</summary>
    Jpeg,
}

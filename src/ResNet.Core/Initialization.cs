namespace ResNet;

/// <summary>How fresh weights are drawn. Seed with <c>torch.random.manual_seed</c> before the model is built.</summary>
public enum Initialization
{
    /// <summary>
    /// He normal with fan-out for convolutions and classifier ("Delving Deep into Rectifiers", which section 3.4 refers to);
    /// batch normalisation at scale 1 and shift 0; classifier bias 0.
    /// </summary>
    Paper,

    /// <summary>As <see cref="Paper"/>, but the classifier is uniform in ±1/√in, weights and bias: torchvision's.</summary>
    Torchvision,
}

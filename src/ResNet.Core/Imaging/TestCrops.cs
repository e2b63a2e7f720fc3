namespace ResNet.Imaging;

/// <summary>Which views of a picture a network is asked about.</summary>
public enum TestCrops
{
    /// <summary>The middle only.</summary>
    Center,

    /// <summary>The paper's 10-crop: the four corners and the middle, and the same of the mirror image; the scores are averaged.</summary>
    Ten,
}

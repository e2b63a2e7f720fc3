namespace ResNet.Weights;

/// <summary>What an image was to the training of a network.</summary>
public enum ImageUse
{
    /// <summary>It was neither trained on nor selected by.</summary>
    Unseen,

    /// <summary>The network was trained on it.</summary>
    Trained,

    /// <summary>The best weights were selected by the error on it, among others.</summary>
    Selected,

    /// <summary>The fingerprint is a sample, and the image is outside of it.</summary>
    Unknown,
}

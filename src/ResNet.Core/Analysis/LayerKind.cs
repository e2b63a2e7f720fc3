namespace ResNet.Analysis;

/// <summary>The layers that have parameters; pooling, ReLU and additions have none and are not listed.</summary>
public enum LayerKind
{
    /// <summary>A convolution.</summary>
    Convolution,

    /// <summary>A batch normalisation.</summary>
    BatchNormalization,

    /// <summary>A fully connected layer.</summary>
    Linear,
}

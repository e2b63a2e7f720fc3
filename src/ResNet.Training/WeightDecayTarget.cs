namespace ResNet.Training;

/// <summary>What weight decay pulls towards zero.</summary>
public enum WeightDecayTarget
{
    /// <summary>Every parameter, scales and shifts of batch normalisation included, as the authors' Caffe did.</summary>
    AllParameters,

    /// <summary>Convolutions and the classifier's matrix only: neither batch normalisation nor biases.</summary>
    WeightsOnly,
}

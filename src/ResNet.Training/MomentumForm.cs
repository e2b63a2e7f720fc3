namespace ResNet.Training;

/// <summary>Where the learning rate enters the momentum. Both are the same until the rate changes.</summary>
public enum MomentumForm
{
    /// <summary>v = m·v + g; w -= rate·v: a drop of the rate counts at once, for what is stored in v too.</summary>
    PyTorch,

    /// <summary>v = m·v + rate·g; w -= v: what is stored in v keeps its old rate after a drop. The authors trained with Caffe.</summary>
    Caffe,
}

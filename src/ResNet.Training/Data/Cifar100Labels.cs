namespace ResNet.Training;

/// <summary>Which of its two labels a picture of CIFAR-100 has.</summary>
public enum Cifar100Labels
{
    /// <summary>One of a hundred classes.</summary>
    Fine,

    /// <summary>One of twenty superclasses.</summary>
    Coarse,
}

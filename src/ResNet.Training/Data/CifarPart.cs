namespace ResNet.Training;

/// <summary>The two parts of CIFAR-10 and CIFAR-100.</summary>
public enum CifarPart
{
    /// <summary>The 50,000 pictures to train on.</summary>
    Train,

    /// <summary>The 10,000 pictures to test on.</summary>
    Test,
}

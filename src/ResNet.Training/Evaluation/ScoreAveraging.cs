namespace ResNet.Training;

/// <summary>What is averaged where a picture is looked at more than once.</summary>
public enum ScoreAveraging
{
    /// <summary>The softmax probabilities, as in the paper (3.4).</summary>
    Softmax,

    /// <summary>The logits, before softmax.</summary>
    Logits,
}

namespace ResNet.Inference;

/// <summary>What pictures go through.</summary>
public enum EngineChoice
{
    /// <summary>A compiled network where it can be had and computes what the model does, else the model itself.</summary>
    Auto,

    /// <summary>The model itself.</summary>
    Eager,

    /// <summary>A compiled network (<see cref="ResNetModel.Compile"/>), or an error.</summary>
    Compiled,
}

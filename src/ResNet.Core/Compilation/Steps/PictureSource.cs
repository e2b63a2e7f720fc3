namespace ResNet.Compilation;

/// <summary>Where the pictures of the pass that is running lie.</summary>
internal sealed unsafe class PictureSource
{
    /// <summary>N×C×H×W float, one after the other.</summary>
    public float* Address { get; set; }
}

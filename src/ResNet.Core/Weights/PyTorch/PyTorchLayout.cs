namespace ResNet.Weights;

/// <summary>What writer and reader of PyTorch's zip format must agree on.</summary>
internal static class PyTorchLayout
{
    /// <summary>So many fit into the memory of <see cref="PickleMachine"/>, whatever their names and storages.</summary>
    public const int MostTensors = 18_000;

    /// <summary>Folder, below the archive's root, of the texts that files of this library carry: one entry each, named by its key.</summary>
    public const string MetadataFolder = "resnet/";
}

namespace ResNet.Training;

/// <summary>Sizes of the pictures of any data set.</summary>
internal static class SizedDatasets
{
    /// <summary>The size of a picture; null where the data set cannot tell.</summary>
    public static PictureSize? SizeOf(IImageDataset dataset, int index) => (dataset as ISizedDataset)?.SizeOf(index);
}

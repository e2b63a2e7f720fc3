namespace ResNet.Training;

/// <summary>A data set whose pixels depend on more than the names of its pictures and the files behind them.</summary>
internal interface IPixelIdentity
{
    /// <summary>Says what else they depend on; equal texts and names mean equal pixels.</summary>
    string PixelIdentity { get; }

    static string Of(IImageDataset dataset) => dataset is IPixelIdentity known ? known.PixelIdentity : dataset.GetType().FullName!;
}

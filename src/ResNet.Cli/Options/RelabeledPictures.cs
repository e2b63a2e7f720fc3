using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>The same pictures at the same indices, for a network whose classes stand in another order or are more.</summary>
internal sealed class RelabeledPictures(ISizedDataset pictures, ClassLabels labels) : ISizedDataset
{
    private readonly int[] _labels = [.. pictures.Labels.Select(labels.IndexOf)];

    public int Count => pictures.Count;

    public ClassLabels Labels => labels;

    public int LabelOf(int index) => _labels[pictures.LabelOf(index)];

    public string NameOf(int index) => pictures.NameOf(index);

    public PictureSize? SizeOf(int index) => pictures.SizeOf(index);

    public ImageSample Read(int index) => new(pictures.Read(index).Image, LabelOf(index));

    public int Read(int index, ImageCanvas canvas) => _labels[pictures.Read(index, canvas)];
}

using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Section 3.4 of the paper: shorter side from 256 to 480, a random crop of 224, and the mirror image of every other one.</summary>
internal sealed class PaperCrop : ITransform
{
    private const int Size = 224;

    public void Apply(ImageCanvas canvas, Random random)
    {
        canvas.ResizeShorterSide(random.Next(256, 481), ResizeFilter.Bilinear);
        canvas.Crop(random.Next(canvas.Width - Size + 1), random.Next(canvas.Height - Size + 1), Size, Size);
        if (random.Next(2) == 0)
        {
            canvas.Mirror();
        }
    }
}

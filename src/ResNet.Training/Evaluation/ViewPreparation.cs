using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Makes the views of a picture: it is decoded once, and resized once for each scale; crops are windows on that.</summary>
internal sealed class ViewPreparation(IImageDataset dataset, EvaluationPlan plan) : IPicturePreparation
{
    // Photos of any camera at any scale are far below; what is above is a thread of pixels, or would take tens of gigabytes in the network.
    private const long MostPixels = 1 << 24;

    public int Prepare(int index, int position, WorkBench bench, ReadOnlySpan<ImageCanvas> views)
    {
        int label = dataset.Read(index, bench.Canvas);
        for (int scale = 0; scale < plan.Scales.Count; scale++)
        {
            var picture = bench.Canvas;
            if (plan.Scales.Count > 1)
            {
                picture = bench.Second;
                picture.ShowThatOf(bench.Canvas);
            }

            Resize(picture, plan.Scales[scale], index);
            MakeViews(picture, index, bench.Random, views.Slice(scale * plan.ViewsPerScale, plan.ViewsPerScale));
        }

        return label;
    }

    private void Resize(ImageCanvas picture, int? scale, int index)
    {
        int shorter = Math.Min(picture.Width, picture.Height);
        if (scale is null && SmallPictures.IsSmall(picture.Width, picture.Height, plan))
        {
            scale = plan.Options.EnlargeSmallPictures ? plan.CropSize : throw SmallPictures.Error(Invariant($"it is {picture.Width}x{picture.Height}"), plan);
        }

        int side = scale ?? shorter;
        long longer = (long)side * Math.Max(picture.Width, picture.Height) / shorter;
        if (longer > int.MaxValue || (plan.NeedsWholePictures && side * longer > MostPixels))
        {
            throw new ImageFormatException(
                dataset.NameOf(index),
                Invariant($"is {picture.Width}x{picture.Height}, which makes {longer}x{side} at a shorter side of {side}; whole pictures of at most {MostPixels} pixels ")
                + "are evaluated. Leave it out, or look at crops only.");
        }

        if (side != shorter)
        {
            picture.ResizeShorterSide(side, plan.Preprocessing.Filter);
        }
    }

    private void MakeViews(ImageCanvas picture, int index, SampleRandom random, ReadOnlySpan<ImageCanvas> views)
    {
        bool isCentre = !plan.Options.FullyConvolutional && !plan.IsTen;
        bool corruptsCrop = isCentre && plan.Padding == 0;
        if (!corruptsCrop)
        {
            Corrupt(picture, index, random);
            picture.Crop(-plan.Padding, -plan.Padding, picture.Width + (2 * plan.Padding), picture.Height + (2 * plan.Padding));
        }

        if (plan.IsTen)
        {
            MakeTen(picture, views);
            return;
        }

        if (isCentre)
        {
            picture.Crop(ImageCrop.CenterOffset(picture.Width, plan.CropSize), ImageCrop.CenterOffset(picture.Height, plan.CropSize), plan.CropSize, plan.CropSize);
        }

        if (corruptsCrop)
        {
            Corrupt(picture, index, random);
        }

        Hand(picture, views[0]);
        if (plan.Options.Flip)
        {
            views[1].ShowThatOf(views[0]);
            views[1].Mirror();
        }
    }

    private void Corrupt(ImageCanvas picture, int index, SampleRandom random)
    {
        if (plan.Options.Corruption is { } corruption)
        {
            random.Restart(plan.Options.Seed, epoch: 0, index);
            corruption.Apply(picture, random);
        }
    }

    private void MakeTen(ImageCanvas picture, ReadOnlySpan<ImageCanvas> views)
    {
        var (width, height) = (picture.Width, picture.Height);

        // A panorama has more pixels than its crops show, a picture like a thread by so much that it would not fit the memory.
        bool isShared = (long)width * height <= TenCrop.PlainCount * plan.CropArea;
        if (isShared)
        {
            Hand(picture, views[0]);
        }

        for (int crop = TenCrop.Count - 1; crop >= 0; crop--)
        {
            var window = TenCrop.Window(crop, width, height, plan.CropSize, plan.CropSize);
            if (crop > 0 || !isShared)
            {
                views[crop].ShowThatOf(isShared ? views[0] : picture);
            }

            views[crop].Crop(window.X, window.Y, window.Width, window.Height);
            if (!isShared)
            {
                views[crop].Settle();
            }

            if (crop >= TenCrop.PlainCount)
            {
                views[crop].Mirror();
            }
        }
    }

    /// <summary>A picture that serves only once gives its memory away; one that is resized again must keep it.</summary>
    private void Hand(ImageCanvas picture, ImageCanvas view)
    {
        if (plan.Scales.Count > 1)
        {
            picture.Settle();
        }

        picture.HandTo(view);
    }
}

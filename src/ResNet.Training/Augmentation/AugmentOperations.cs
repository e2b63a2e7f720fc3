using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Does the operations that automatic augmentation chooses.</summary>
internal static class AugmentOperations
{
    public const int Count = (int)AugmentOperation.Equalize + 1;

    /// <summary>Into how many steps a range of magnitudes is divided.</summary>
    public const int BinCount = 31;

    /// <summary>The magnitude at a step, evenly from 0 to the largest.</summary>
    public static double At(int bin, double largest) => largest * bin / (BinCount - 1);

    /// <summary>How many bits are kept at a step, from 8 at the first one; halves to the even number.</summary>
    public static int Bits(int bin, int mostLost) => 8 - (int)Math.Round(At(bin, mostLost), MidpointRounding.ToEven);

    /// <summary>Whether an operation has two directions, chosen at random.</summary>
    public static bool IsSigned(AugmentOperation operation) => operation is >= AugmentOperation.ShearX and <= AugmentOperation.Sharpness;

    /// <summary>Does an operation. Colours and sharpness take 1 + magnitude as their factor; all others take it as it is.</summary>
    public static void Apply(ImageCanvas canvas, AugmentOperation operation, double magnitude)
    {
        switch (operation)
        {
            case AugmentOperation.ShearX:
                AffineSampling.ShearX(canvas, magnitude);
                break;
            case AugmentOperation.ShearY:
                AffineSampling.ShearY(canvas, magnitude);
                break;
            case AugmentOperation.TranslateX:
                AffineSampling.Translate(canvas, (int)magnitude, 0);
                break;
            case AugmentOperation.TranslateY:
                AffineSampling.Translate(canvas, 0, (int)magnitude);
                break;
            case AugmentOperation.Rotate:
                AffineSampling.Rotate(canvas, magnitude);
                break;
            case AugmentOperation.Brightness:
                ColorAdjustment.Brightness(canvas, 1 + magnitude);
                break;
            case AugmentOperation.Color:
                ColorAdjustment.Saturation(canvas, 1 + magnitude);
                break;
            case AugmentOperation.Contrast:
                ColorAdjustment.Contrast(canvas, 1 + magnitude);
                break;
            case AugmentOperation.Sharpness:
                Sharpening.Apply(canvas, 1 + magnitude);
                break;
            case AugmentOperation.Posterize:
                ToneAdjustment.Posterize(canvas, (int)magnitude);
                break;
            case AugmentOperation.Solarize:
                ToneAdjustment.Solarize(canvas, magnitude);
                break;
            case AugmentOperation.AutoContrast:
                ToneAdjustment.AutoContrast(canvas);
                break;
            case AugmentOperation.Equalize:
                ToneAdjustment.Equalize(canvas);
                break;
            case AugmentOperation.Identity:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation.");
        }
    }
}

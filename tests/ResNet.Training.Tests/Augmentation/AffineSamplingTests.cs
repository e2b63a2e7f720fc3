namespace ResNet.Training.Tests.Augmentation;

/// <summary>
/// The numbers are those of torchvision 0.14 for a picture of 7 x 5 whose pixels are numbered from 1: <c>functional.affine</c> with
/// <c>shear=[degrees(atan(m)), 0]</c> and <c>center=[0, 0]</c>, with <c>translate</c>, and <c>functional.rotate</c>; interpolation nearest.
/// </summary>
public class AffineSamplingTests
{
    [Theory]
    [InlineData("shearx", 0.3, new byte[]
    {
        1, 2, 3, 4, 5, 6, 7,
        8, 9, 10, 11, 12, 13, 14,
        16, 17, 18, 19, 20, 21, 0,
        23, 24, 25, 26, 27, 28, 0,
        30, 31, 32, 33, 34, 35, 0,
    })]
    [InlineData("sheary", 0.3, new byte[]
    {
        1, 2, 10, 11, 12, 20, 21,
        8, 9, 17, 18, 19, 27, 28,
        15, 16, 24, 25, 26, 34, 35,
        22, 23, 31, 32, 33, 0, 0,
        29, 30, 0, 0, 0, 0, 0,
    })]
    [InlineData("shearx", -0.3, new byte[]
    {
        1, 2, 3, 4, 5, 6, 7,
        8, 9, 10, 11, 12, 13, 14,
        0, 15, 16, 17, 18, 19, 20,
        0, 22, 23, 24, 25, 26, 27,
        0, 29, 30, 31, 32, 33, 34,
    })]
    [InlineData("sheary", -0.3, new byte[]
    {
        1, 2, 0, 0, 0, 0, 0,
        8, 9, 3, 4, 5, 0, 0,
        15, 16, 10, 11, 12, 6, 7,
        22, 23, 17, 18, 19, 13, 14,
        29, 30, 24, 25, 26, 20, 21,
    })]
    [InlineData("shearx", 0.99, new byte[]
    {
        1, 2, 3, 4, 5, 6, 7,
        9, 10, 11, 12, 13, 14, 0,
        17, 18, 19, 20, 21, 0, 0,
        25, 26, 27, 28, 0, 0, 0,
        33, 34, 35, 0, 0, 0, 0,
    })]
    [InlineData("sheary", 0.99, new byte[]
    {
        1, 9, 17, 25, 33, 0, 0,
        8, 16, 24, 32, 0, 0, 0,
        15, 23, 31, 0, 0, 0, 0,
        22, 30, 0, 0, 0, 0, 0,
        29, 0, 0, 0, 0, 0, 0,
    })]
    [InlineData("shearx", -0.62, new byte[]
    {
        1, 2, 3, 4, 5, 6, 7,
        0, 8, 9, 10, 11, 12, 13,
        0, 0, 15, 16, 17, 18, 19,
        0, 0, 22, 23, 24, 25, 26,
        0, 0, 0, 29, 30, 31, 32,
    })]
    [InlineData("sheary", -0.62, new byte[]
    {
        1, 0, 0, 0, 0, 0, 0,
        8, 2, 0, 0, 0, 0, 0,
        15, 9, 3, 4, 0, 0, 0,
        22, 16, 10, 11, 5, 6, 0,
        29, 23, 17, 18, 12, 13, 7,
    })]
    [InlineData("rot", 17, new byte[]
    {
        0, 3, 4, 5, 6, 13, 14,
        1, 2, 10, 11, 12, 20, 21,
        8, 9, 17, 18, 19, 27, 28,
        15, 16, 24, 25, 26, 34, 35,
        22, 23, 30, 31, 32, 33, 0,
    })]
    [InlineData("rot", -40, new byte[]
    {
        0, 15, 9, 3, 3, 0, 0,
        22, 23, 17, 10, 11, 5, 0,
        30, 23, 24, 18, 12, 13, 6,
        0, 31, 25, 26, 19, 13, 14,
        0, 0, 33, 33, 27, 21, 0,
    })]
    [InlineData("rot", 90, new byte[]
    {
        0, 6, 13, 20, 27, 34, 0,
        0, 5, 12, 19, 26, 33, 0,
        0, 4, 11, 18, 25, 32, 0,
        0, 3, 10, 17, 24, 31, 0,
        0, 2, 9, 16, 23, 30, 0,
    })]
    [InlineData("rot", 135, new byte[]
    {
        0, 21, 27, 26, 33, 0, 0,
        14, 13, 19, 26, 25, 31, 0,
        6, 12, 12, 18, 24, 24, 30,
        0, 5, 11, 10, 17, 23, 22,
        0, 0, 3, 10, 9, 15, 0,
    })]
    [InlineData("tx", 2, new byte[]
    {
        0, 0, 1, 2, 3, 4, 5,
        0, 0, 8, 9, 10, 11, 12,
        0, 0, 15, 16, 17, 18, 19,
        0, 0, 22, 23, 24, 25, 26,
        0, 0, 29, 30, 31, 32, 33,
    })]
    [InlineData("ty", -1, new byte[]
    {
        8, 9, 10, 11, 12, 13, 14,
        15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28,
        29, 30, 31, 32, 33, 34, 35,
        0, 0, 0, 0, 0, 0, 0,
    })]
    public void Pixels_move_as_in_torchvision(string change, double amount, byte[] expected)
    {
        byte[] pixels = Pictures.After(Pictures.Numbered(7, 5), canvas => Apply(canvas, change, amount));

        pixels.Where((_, i) => i % 3 == 0).Should().Equal(expected);
        pixels.Chunk(3).Should().OnlyContain(pixel => pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    }

    [Theory]
    [InlineData("shearx")]
    [InlineData("sheary")]
    [InlineData("rot")]
    [InlineData("tx")]
    [InlineData("ty")]
    public void By_nothing_nothing_moves(string change)
    {
        var image = Pictures.Reference(7, 5);

        Pictures.After(image, canvas => Apply(canvas, change, 0)).Should().Equal(image.Pixels);
    }

    [Fact]
    public void Four_quarter_turns_of_a_square_are_none()
    {
        var image = Pictures.Reference(6, 6);

        Pictures.After(image, canvas =>
        {
            for (int i = 0; i < 4; i++)
            {
                AffineSampling.Rotate(canvas, 90);
            }
        }).Should().Equal(image.Pixels);
    }

    private static void Apply(ResNet.Imaging.ImageCanvas canvas, string change, double amount)
    {
        switch (change)
        {
            case "shearx":
                AffineSampling.ShearX(canvas, amount);
                break;
            case "sheary":
                AffineSampling.ShearY(canvas, amount);
                break;
            case "rot":
                AffineSampling.Rotate(canvas, amount);
                break;
            case "tx":
                AffineSampling.Translate(canvas, (int)amount, 0);
                break;
            default:
                AffineSampling.Translate(canvas, 0, (int)amount);
                break;
        }
    }
}

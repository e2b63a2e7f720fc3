namespace ResNet.Training.Tests;

/// <summary>
/// Averaged softmax scores of the five reference photos in the order of their names, one row a photo, one number a class: PyTorch 1.13 and torchvision 0.14 in double precision, Pillow's resize.
/// </summary>
internal static class PhotoScores
{
    /// <summary>Shorter side to 256, the middle 224×224.</summary>
    public static double[][] Center { get; } =
    [
        [0.1802985, 0.2152713, 0.1806219, 0.2217083, 0.2020999],
        [0.1602290, 0.2189388, 0.1673770, 0.2409199, 0.2125353],
        [0.1738034, 0.2166387, 0.1800953, 0.2205086, 0.2089540],
        [0.1754654, 0.2163930, 0.1775982, 0.2258384, 0.2047051],
        [0.1636327, 0.2192994, 0.1699996, 0.2372850, 0.2097832],
    ];

    /// <summary>Shorter side to 256, <c>TenCrop(224)</c>, softmax averaged over the ten.</summary>
    public static double[][] Ten { get; } =
    [
        [0.1805408, 0.2163017, 0.1821641, 0.2201280, 0.2008654],
        [0.1606380, 0.2194874, 0.1678237, 0.2408156, 0.2112352],
        [0.1739481, 0.2156758, 0.1806917, 0.2207773, 0.2089071],
        [0.1737847, 0.2160640, 0.1769231, 0.2286296, 0.2045986],
        [0.1658676, 0.2167954, 0.1750482, 0.2317745, 0.2105143],
    ];

    /// <summary>Shorter side to 224, 256, 384, 480 and 640; average pool of 7×7 with stride 1 over the last feature map, the classifier as a 1×1 convolution, softmax averaged over positions and then scales.</summary>
    public static double[][] FiveScales { get; } =
    [
        [0.1779140, 0.2163642, 0.1795875, 0.2236320, 0.2025023],
        [0.1574308, 0.2177399, 0.1650948, 0.2420965, 0.2176380],
        [0.1698877, 0.2163707, 0.1788503, 0.2199358, 0.2149556],
        [0.1720587, 0.2153132, 0.1742780, 0.2309288, 0.2074213],
        [0.1614231, 0.2159880, 0.1718016, 0.2364069, 0.2143804],
    ];
}

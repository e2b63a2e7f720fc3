namespace ResNet.Training;

/// <summary>
/// The numbers by which ImageNet-C (224x224) and CIFAR-10-C (32x32) were made, from mild to severe. They stand in the programs that the authors
/// published with the data sets (hendrycks/robustness: imagenet_c/corruptions.py and create_c/make_cifar_c.py).
/// </summary>
internal static class CorruptionStrengths
{
    /// <summary>The strength, in the unit that the kind has in the remarks of <see cref="Corruption"/>.</summary>
    public static double Of(CorruptionKind kind, int severity, bool isSmall) => (isSmall ? Small(kind) : Large(kind))[severity - 1];

    /// <summary>The second number of kinds that have one: the standard deviation in pixels by which a disc is smoothed or a trail fades.</summary>
    public static double Spread(CorruptionKind kind, int severity, bool isSmall)
    {
        ReadOnlySpan<double> table = (kind, isSmall) switch
        {
            (CorruptionKind.DefocusBlur, false) => [0.1, 0.5, 0.5, 0.5, 0.5],
            (CorruptionKind.DefocusBlur, true) => [0.4, 0.5, 0.6, 0.2, 0.1],
            (CorruptionKind.MotionBlur, false) => [3, 5, 8, 12, 15],
            (CorruptionKind.MotionBlur, true) => [1, 1.5, 2, 2, 2.5],
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It has one number only."),
        };
        return table[severity - 1];
    }

    private static ReadOnlySpan<double> Large(CorruptionKind kind) => kind switch
    {
        CorruptionKind.GaussianNoise => [0.08, 0.12, 0.18, 0.26, 0.38],
        CorruptionKind.ShotNoise => [60, 25, 12, 5, 3],
        CorruptionKind.ImpulseNoise => [0.03, 0.06, 0.09, 0.17, 0.27],
        CorruptionKind.SpeckleNoise => [0.15, 0.2, 0.35, 0.45, 0.6],
        CorruptionKind.GaussianBlur => [1, 2, 3, 4, 6],
        CorruptionKind.DefocusBlur => [3, 4, 6, 8, 10],
        CorruptionKind.MotionBlur => [10, 15, 15, 15, 20],
        CorruptionKind.Brightness => [0.1, 0.2, 0.3, 0.4, 0.5],
        CorruptionKind.Contrast => [0.4, 0.3, 0.2, 0.1, 0.05],
        CorruptionKind.Pixelate => [0.6, 0.5, 0.4, 0.3, 0.25],
        _ => [25, 18, 15, 10, 7],
    };

    private static ReadOnlySpan<double> Small(CorruptionKind kind) => kind switch
    {
        CorruptionKind.GaussianNoise => [0.04, 0.06, 0.08, 0.09, 0.1],
        CorruptionKind.ShotNoise => [500, 250, 100, 75, 50],
        CorruptionKind.ImpulseNoise => [0.01, 0.02, 0.03, 0.05, 0.07],
        CorruptionKind.SpeckleNoise => [0.06, 0.1, 0.12, 0.16, 0.2],
        CorruptionKind.GaussianBlur => [0.4, 0.6, 0.7, 0.8, 1],
        CorruptionKind.DefocusBlur => [0.3, 0.4, 0.5, 1, 1.5],
        CorruptionKind.MotionBlur => [6, 6, 6, 8, 9],
        CorruptionKind.Brightness => [0.05, 0.1, 0.15, 0.2, 0.3],
        CorruptionKind.Contrast => [0.75, 0.5, 0.4, 0.3, 0.15],
        CorruptionKind.Pixelate => [0.95, 0.9, 0.85, 0.75, 0.65],
        _ => [80, 65, 58, 50, 40],
    };
}

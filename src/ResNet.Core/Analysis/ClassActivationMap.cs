namespace ResNet.Analysis;

/// <summary>Where in a picture a network finds what speaks for a class.</summary>
/// <param name="ClassIndex">The class.</param>
/// <param name="Probability">What the network gives the class for this picture, after softmax, 0 to 1.</param>
/// <param name="Width">Columns of the network's input, in pixels.</param>
/// <param name="Height">Rows of the network's input, in pixels.</param>
/// <param name="Values">
/// One value a pixel, row by row: 0 where nothing speaks for the class, 1 at the strongest place. All are 0 where nothing in the picture speaks for it.
/// </param>
/// <param name="Coarse">The map before it was enlarged: the last stage's positions, row by row, 0 or more, on the scale of the class's score.</param>
/// <param name="CoarseWidth">Columns of <paramref name="Coarse"/>: 7 for a picture of 224, 8 for a CIFAR network.</param>
/// <param name="CoarseHeight">Rows of <paramref name="Coarse"/>.</param>
public sealed record ClassActivationMap(
    int ClassIndex, double Probability, int Width, int Height, IReadOnlyList<float> Values, IReadOnlyList<float> Coarse, int CoarseWidth, int CoarseHeight);

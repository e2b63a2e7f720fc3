namespace ResNet.Training;

/// <summary>The classes of <see cref="SyntheticShapes"/>, in the order of their labels.</summary>
internal enum ShapeKind
{
    Arrow,
    Bars,
    Crescent,
    Cross,
    Diamond,
    Disc,
    Heart,
    Hourglass,
    Ring,
    Square,
    Star,
    Triangle,
}

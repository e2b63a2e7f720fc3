namespace ResNet.Compilation;

/// <summary>A map and where it lies in the plan's memory.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Offset">Where its first number lies.</param>
internal readonly record struct MapPlace(int Height, int Width, long Offset);

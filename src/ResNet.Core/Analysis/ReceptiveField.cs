namespace ResNet.Analysis;

/// <summary>
/// Which rows of the picture an output looks at; columns likewise. The output at position i depends on rows i·<see cref="Stride"/> − <see cref="Padding"/>
/// to i·<see cref="Stride"/> − <see cref="Padding"/> + <see cref="Size"/> − 1, those beyond the picture being zeros.
/// </summary>
/// <param name="Size">Rows that one output looks at, in pixels, 1 or more.</param>
/// <param name="Stride">Pixels between the fields of neighbouring outputs, 1 or more.</param>
/// <param name="Padding">Pixels by which the field of the first output reaches beyond the picture, 0 or more.</param>
/// <remarks>It is what can have an influence at all. Pixels near its edges have little, since few ways lead from them to the output.</remarks>
public readonly record struct ReceptiveField(int Size, int Stride, int Padding)
{
    /// <summary>A pixel itself: before the first layer.</summary>
    public static ReceptiveField Pixel { get; } = new(1, 1, 0);

    /// <summary>The field after one more layer.</summary>
    /// <param name="kernel">Height of the layer's kernel.</param>
    /// <param name="stride">Its stride.</param>
    /// <param name="padding">Its padding.</param>
    internal ReceptiveField Then(int kernel, int stride, int padding) =>
        new(Size + ((kernel - 1) * Stride), Stride * stride, Padding + (padding * Stride));
}

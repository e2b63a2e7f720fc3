namespace ResNet.Compilation;

/// <summary>Writes the numbers of a matrix's column.</summary>
/// <param name="column">The column.</param>
/// <param name="numbers">One a row.</param>
internal delegate void ColumnReader(int column, Span<float> numbers);

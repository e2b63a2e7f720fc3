namespace ResNet.TestSupport.Fuzzing;

/// <summary>A damaged or forged file.</summary>
/// <param name="Number">Which one of its seed.</param>
/// <param name="Of">The good file that it was made of.</param>
/// <param name="Bytes">What it holds.</param>
public sealed record FuzzMutant(long Number, string Of, byte[] Bytes);

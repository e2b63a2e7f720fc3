namespace ResNet.Runtime;

/// <summary>One row of a table about the runtime.</summary>
/// <param name="Name">What the row is about, such as <c>glibc</c>.</param>
/// <param name="Value">What was found, for people to read.</param>
public sealed record RuntimeFact(string Name, string Value);

namespace ResNet.DependencyInjection;

/// <summary>Remembers that a classifier of this key is registered.</summary>
/// <param name="Name">The key; empty for the registration without.</param>
internal sealed record ImageClassifierRegistration(string Name);

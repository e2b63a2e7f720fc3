namespace ResNet.Weights;

/// <summary>Stands for a Python object that is not known here; it does nothing, whatever the pickle calls, sets or appends.</summary>
/// <param name="Name">Module and name, such as "argparse.Namespace".</param>
internal sealed record PicklePlaceholder(string Name);

namespace ResNet.TestSupport.Mutants;

/// <summary>The format of a good file.</summary>
public enum SeedKind
{
    SafeTensors,
    Zip,
    Legacy,
    Json,
    Other,
}

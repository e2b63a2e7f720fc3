namespace ResNet.Compilation;

/// <summary>A step that reads another one's result.</summary>
internal abstract class MapStep : PlanStep
{
    /// <summary>Where the input map lies.</summary>
    public required long Source { get; init; }
}

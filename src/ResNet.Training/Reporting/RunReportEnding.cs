namespace ResNet.Training;

/// <summary>How a run ended.</summary>
internal sealed record RunReportEnding
{
    /// <summary>In a sentence: "All 64,000 iterations are done.", "Stopped at iteration 812; --resume goes on from there."</summary>
    public required string Outcome { get; init; }

    /// <summary>More to say of the end, one sentence a line: pictures that could not be read, statistics that were computed anew.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

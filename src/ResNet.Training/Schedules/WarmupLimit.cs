namespace ResNet.Training;

/// <summary>How long a warm-up may be: one that takes most of a run leaves no time to learn at the full rate.</summary>
internal static class WarmupLimit
{
    private const int RunParts = 5;

    /// <summary>The longest warm-up of a run, in iterations; 0 for the shortest runs.</summary>
    public static int Of(int iterationCount) => iterationCount / RunParts;
}

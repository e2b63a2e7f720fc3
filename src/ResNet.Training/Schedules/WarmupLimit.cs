namespace ResNet.Training;

/// <summary>How long a warm-up may be: one that takes most of a run leaves no time to learn at the full rate.</summary>
internal static class WarmupLimit
{
    private const int RunParts = 5;

    /// <summary>
    /// The longest warm-up of a run, in iterations, 1 or more. One of a single iteration has the full rate from the start; it stays a warm-up, so that the state of a
    /// short run can be that of a longer one.
    /// </summary>
    public static int Of(int iterationCount) => Math.Max(1, iterationCount / RunParts);
}

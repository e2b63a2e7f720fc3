namespace ResNet.Training.Tests.Robustness;

/// <summary>A report with numbers that are easy to follow: 10 pictures, two kinds, severities 1 and 5.</summary>
internal static class Sample
{
    public static RobustnessReport Report() => new()
    {
        Clean = Answers.Report([.. Enumerable.Range(0, 10).Select(i => Answers.Sure(5, i == 0 ? 1 : i % 5, 0.6))]),
        Kinds = [CorruptionKind.Jpeg, CorruptionKind.ImpulseNoise],
        Severities = [1, 5],
        Results =
        [
            new CorruptionResult(CorruptionKind.Jpeg, 1, 10, 8, 10, 0.5),
            new CorruptionResult(CorruptionKind.Jpeg, 5, 10, 6, 9, 1),
            new CorruptionResult(CorruptionKind.ImpulseNoise, 1, 10, 5, 9, 1.5),
            new CorruptionResult(CorruptionKind.ImpulseNoise, 5, 10, 1, 8, double.NaN),
        ],
    };
}

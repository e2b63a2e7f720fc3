namespace ResNet.Cli;

/// <summary>What <c>resnet benchmark</c> is asked for.</summary>
/// <param name="Engines">What is measured, in this order.</param>
/// <param name="Batches">Pictures of a pass.</param>
/// <param name="Height">Height of the pictures.</param>
/// <param name="Width">Width of the pictures.</param>
/// <param name="CallerCount">How many threads ask at once.</param>
/// <param name="Seconds">How long each batch size is measured, all engines together.</param>
internal sealed record BenchmarkRequest(
    IReadOnlyList<BenchmarkEngine> Engines, IReadOnlyList<int> Batches, int Height, int Width, int CallerCount, double Seconds)
{
    /// <summary>The engines take turns this often at least, so that what else the machine does hits all of them alike.</summary>
    public const int LeastRounds = 5;

    /// <summary>How often they take turns where passes are short; more often where each turn would last longer than a second.</summary>
    public const int UsualRounds = 10;
}

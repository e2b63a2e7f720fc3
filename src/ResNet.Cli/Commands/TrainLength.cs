namespace ResNet.Cli;

/// <summary>How long a run was asked to be. Both null: as long as its recipe says.</summary>
internal sealed record TrainLength(int? Epochs, int? Iterations);

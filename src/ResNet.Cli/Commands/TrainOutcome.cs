using ResNet.Training;

namespace ResNet.Cli;

/// <summary>What a run came to, and how its best weights did on the test pictures.</summary>
internal sealed record TrainOutcome(TrainingResult Training, EvaluationReport Test);

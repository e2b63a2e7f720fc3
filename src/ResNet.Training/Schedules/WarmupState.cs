using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>What both kinds of warm-up share: the schedule inside, and that it learns of nothing before the warm-up is over.</summary>
internal abstract class WarmupState(LearningRateState inner) : LearningRateState
{
    protected abstract bool IsOver { get; }

    public sealed override double FactorAt(int iteration) => WarmupFactorAt(iteration) * inner.FactorAt(iteration);

    public sealed override void AfterIteration(double loss, double trainError)
    {
        inner.AfterIteration(loss, trainError);
        Count(trainError);
    }

    public sealed override void AfterValidation(double validationError)
    {
        if (IsOver)
        {
            inner.AfterValidation(validationError);
        }
    }

    public override JsonObject Save() => new() { ["inner"] = inner.Save() };

    public override void Load(JsonObject saved) => inner.Load(saved.Read<JsonObject>("inner"));

    protected abstract double WarmupFactorAt(int iteration);

    protected abstract void Count(double trainError);
}

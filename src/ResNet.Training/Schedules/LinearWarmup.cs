using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>A rate that rises linearly and has its full value in the last iteration of the warm-up.</summary>
internal sealed class LinearWarmup(LearningRateState inner, double startFactor, int length) : WarmupState(inner)
{
    private int _done;

    protected override bool IsOver => _done >= length;

    public override JsonObject Save()
    {
        var saved = base.Save();
        saved["done"] = _done;
        return saved;
    }

    public override void Load(JsonObject saved)
    {
        base.Load(saved);
        _done = saved.Read<int>("done");
    }

    protected override double WarmupFactorAt(int iteration) =>
        iteration < length ? startFactor + ((1 - startFactor) * ((iteration + 1.0) / length)) : 1;

    protected override void Count(double trainError) => _done++;
}

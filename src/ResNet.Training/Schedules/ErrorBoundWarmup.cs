using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>A low rate until the smoothed training error has once been below a bound.</summary>
internal sealed class ErrorBoundWarmup(LearningRateState inner, double factor, double bound) : WarmupState(inner)
{
    private const double Kept = 0.98;

    // Nothing is right before the first batch; begun with the error of one batch, chance could end the warm-up at once.
    private double _error = 1;
    private bool _isOver;

    protected override bool IsOver => _isOver;

    public override JsonObject Save()
    {
        var saved = base.Save();
        saved["error"] = _error;
        saved["isOver"] = _isOver;
        return saved;
    }

    public override void Load(JsonObject saved)
    {
        base.Load(saved);
        _error = saved.Read<double>("error");
        _isOver = saved.Read<bool>("isOver");
    }

    protected override double WarmupFactorAt(int iteration) => _isOver ? 1 : factor;

    protected override void Count(double trainError)
    {
        _error = (Kept * _error) + ((1 - Kept) * trainError);
        _isOver |= _error < bound;
    }
}

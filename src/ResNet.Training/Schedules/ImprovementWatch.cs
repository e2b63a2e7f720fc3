using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>Remembers the lowest error and for how many validations it has not become lower by more than a threshold.</summary>
internal sealed class ImprovementWatch(double threshold)
{
    private double? _best;

    public int ValidationsSince { get; private set; }

    public void Add(double error)
    {
        if (_best is null || error < _best - threshold)
        {
            _best = error;
            ValidationsSince = 0;
        }
        else
        {
            ValidationsSince++;
        }
    }

    public void Forgive() => ValidationsSince = 0;

    public JsonObject Save() => new() { ["best"] = _best, ["since"] = ValidationsSince };

    public void Load(JsonObject saved)
    {
        _best = saved.Read<double?>("best");
        ValidationsSince = saved.Read<int>("since");
    }
}

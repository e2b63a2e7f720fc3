using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>Waits for validations that bring nothing.</summary>
internal sealed class PlateauState(PlateauSchedule schedule) : LearningRateState
{
    private readonly ImprovementWatch _watch = new(schedule.Threshold);
    private double _factor = 1;
    private int _cooldown;

    public override double FactorAt(int iteration) => _factor;

    public override void AfterValidation(double validationError)
    {
        _watch.Add(validationError);
        if (_cooldown > 0)
        {
            _cooldown--;
            _watch.Forgive();
        }

        if (_watch.ValidationsSince > schedule.Patience)
        {
            _factor = Math.Max(schedule.Floor, _factor * schedule.Factor);
            _cooldown = schedule.Cooldown;
            _watch.Forgive();
        }
    }

    public override JsonObject Save() => new() { ["factor"] = _factor, ["cooldown"] = _cooldown, ["watch"] = _watch.Save() };

    public override void Load(JsonObject saved)
    {
        _factor = saved.Read<double>("factor");
        _cooldown = saved.Read<int>("cooldown");
        _watch.Load(saved.Read<JsonObject>("watch"));
    }
}

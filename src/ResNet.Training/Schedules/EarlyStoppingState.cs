using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>Early stopping on its way through one run.</summary>
internal sealed class EarlyStoppingState(EarlyStopping options)
{
    private readonly ImprovementWatch _watch = new(options.MinImprovement);

    /// <summary>Whether the run shall end.</summary>
    public bool ShouldStop => _watch.ValidationsSince >= options.PatienceEpochs;

    public void AfterValidation(double validationError) => _watch.Add(validationError);

    /// <summary>Begins to count anew: a run that it has ended, and that is made longer, has its patience again.</summary>
    public void Forgive() => _watch.Forgive();

    public JsonObject Save() => _watch.Save();

    public void Load(JsonObject saved) => _watch.Load(saved);
}

using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>A schedule on its way through one run: it is asked before each iteration and told afterwards what came of it.</summary>
public abstract class LearningRateState
{
    /// <summary>The factor on the base learning rate. Asking changes nothing.</summary>
    /// <param name="iteration">The iteration about to be done, from 0.</param>
    /// <returns>A factor, usually 0 to 1.</returns>
    public abstract double FactorAt(int iteration);

    /// <summary>Tells of an iteration that was done; does nothing unless overridden.</summary>
    /// <param name="loss">Mean loss of its batch, in nats.</param>
    /// <param name="trainError">Share of its pictures that the network got wrong, 0 to 1.</param>
    public virtual void AfterIteration(double loss, double trainError)
    {
    }

    /// <summary>Tells of a validation; does nothing unless overridden.</summary>
    /// <param name="validationError">Validation error, 0 to 1; the epoch's training error where nothing is validated.</param>
    public virtual void AfterValidation(double validationError)
    {
    }

    /// <summary>Writes down all that is needed to go on exactly; nothing unless overridden.</summary>
    /// <returns>A new object. Numbers survive being written as text and read again to the last bit.</returns>
    public virtual JsonObject Save() => [];

    /// <summary>Takes over what <see cref="Save"/> wrote down, so that the run goes on as if it had never stopped.</summary>
    /// <param name="saved">What a state of an equal schedule saved.</param>
    /// <exception cref="FormatException">It is not that; the message names what is missing.</exception>
    public virtual void Load(JsonObject saved) => ArgumentNullException.ThrowIfNull(saved);
}

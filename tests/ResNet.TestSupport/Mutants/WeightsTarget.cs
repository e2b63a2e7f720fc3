using ResNet.TestSupport.Checkpoints;
using ResNet.TestSupport.Fuzzing;

namespace ResNet.TestSupport.Mutants;

/// <summary>Mutants of small files of weights: each must be read, or refused with a <see cref="Weights.WeightsFormatException"/>.</summary>
public sealed class WeightsTarget : IFuzzTarget
{
    private readonly IReadOnlyList<Seed> _files;
    private readonly Mutator _mutator;

    /// <param name="files">The good files.</param>
    /// <param name="seed">Any number.</param>
    public WeightsTarget(IReadOnlyList<Seed> files, int seed)
    {
        _files = files;
        _mutator = new Mutator(files, seed);
    }

    public string Seeds => string.Join(", ", _files.Select(file => file.Name));

    public FuzzMutant Mutant(long number)
    {
        (byte[] bytes, string of) = _mutator.Mutant(number);
        return new FuzzMutant(number, of, bytes);
    }

    public FuzzOutcome Read(FuzzMutant mutant)
    {
        var probe = Probe.Of(mutant.Bytes, mutant.Of, Mutator.OptionsOf(mutant.Number));
        string result = (probe.Refusal ?? probe.Fault)?.GetType().Name ?? FuzzOutcome.Read;
        string? finding = probe.Finding() is { } what ? what + Environment.NewLine + probe.Fault?.StackTrace : null;
        return new FuzzOutcome(result, Math.Max(probe.Allocated, probe.LargestTensor), finding);
    }
}

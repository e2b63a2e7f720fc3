using System.Collections.Concurrent;
using ResNet.TestSupport.Checkpoints;
using ResNet.TestSupport.Fuzzing;
using ResNet.Weights;

namespace ResNet.TestSupport.Mutants;

/// <summary>
/// Mutants of small files of weights: each must be read, or refused with a <see cref="WeightsFormatException"/>; the network that one describes
/// is built and loaded, or refused with a <see cref="WeightsMismatchException"/>.
/// </summary>
public sealed class WeightsTarget : IFuzzTarget, IDisposable
{
    private readonly IReadOnlyList<Seed> _files;
    private readonly Mutator _mutator;
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<(int Thread, string Seed), string> _folders = new();

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
        var file = _mutator.FileOf(mutant.Number);
        var options = Mutator.OptionsOf(mutant.Number);
        var probe = file.FileName is null ? Probe.Of(mutant.Bytes, mutant.Of, options) : Probe.OfNetwork(Write(file, mutant.Bytes), options);
        string result = (probe.Refusal ?? probe.Fault)?.GetType().Name ?? FuzzOutcome.Read;
        string? finding = probe.Finding() is { } what ? what + Environment.NewLine + probe.Fault?.StackTrace : null;
        return new FuzzOutcome(result, Math.Max(probe.Allocated, probe.LargestTensor), finding);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Every thread has a folder for each good file, in which the mutant takes its place.</summary>
    /// <returns>What is opened: the file, or the folder of a configuration.</returns>
    private string Write(Seed file, byte[] bytes)
    {
        string folder = _folders.GetOrAdd((Environment.CurrentManagedThreadId, file.Name), _ =>
        {
            string made = Directory.CreateDirectory(_folder.PathTo(Guid.NewGuid().ToString("N"))).FullName;
            foreach (var (name, content) in file.Beside)
            {
                File.WriteAllBytes(Path.Combine(made, name), content);
            }

            return made;
        });
        string path = Path.Combine(folder, file.FileName!);
        File.WriteAllBytes(path, bytes);
        return file.FileName == "config.json" ? folder : path;
    }
}

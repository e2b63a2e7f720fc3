using TorchSharp;

namespace ResNet.Weights;

/// <summary>Every tensor of a file held against every tensor of a model, before anything is written.</summary>
internal sealed class WeightsMatch
{
    private const string ClassifierPrefix = "fc.";
    private const string BatchCounter = ".num_batches_tracked";

    private readonly StateDictFile _file;
    private readonly bool _adaptInputChannels;

    /// <param name="file">The file.</param>
    /// <param name="names">What its tensors are called in the model.</param>
    /// <param name="state">The model's tensors.</param>
    /// <param name="options">What is made to fit.</param>
    /// <param name="whyClassifierSkipped">Why the classifier stays as it is, as a sentence; null where it is loaded.</param>
    public WeightsMatch(
        StateDictFile file, MappedNames names, IReadOnlyDictionary<string, Tensor> state, WeightsLoadOptions options, string? whyClassifierSkipped)
    {
        _file = file;
        _adaptInputChannels = options.AdaptInputChannels;
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (inFile, inModel) in names.Pairs)
        {
            if (!found.TryAdd(inModel, inFile))
            {
                Misfits.Add(new SkippedWeight(inModel, $"Both {ShapeText.Quote(found[inModel])} and {ShapeText.Quote(inFile)} of {_file.Name} are {inModel} in the model; say which by Prefix or Rename."));
            }
            else if (whyClassifierSkipped is not null && inModel.StartsWith(ClassifierPrefix, StringComparison.Ordinal))
            {
                Skipped.Add(new SkippedWeight(inModel, whyClassifierSkipped));
            }
            else if (state.TryGetValue(inModel, out var target))
            {
                Compare(inFile, inModel, target);
            }
            else
            {
                Unexpected.Add(inModel);
            }
        }

        foreach (string name in state.Keys.Where(name => !found.ContainsKey(name)))
        {
            AddAbsent(name, whyClassifierSkipped);
        }

        AddBeside(names);
    }

    public List<(string InFile, string InModel, Tensor Target)> Pairs { get; } = [];

    /// <summary>The first convolution, where it is to be made to fit another number of channels.</summary>
    public List<(string InFile, string InModel, Tensor Target)> Adaptable { get; } = [];

    public List<string> Missing { get; } = [];

    public List<string> Unexpected { get; } = [];

    public List<SkippedWeight> Skipped { get; } = [];

    /// <summary>Tensors of another shape or type, with a sentence each.</summary>
    public List<SkippedWeight> Misfits { get; } = [];

    private void Compare(string inFile, string inModel, Tensor target)
    {
        var entry = _file.Find(inFile)!;
        if (_adaptInputChannels && Converts(entry.Type, target.dtype) && FirstConvolution.CanAdapt(inModel, entry, target))
        {
            Adaptable.Add((inFile, inModel, target));
        }
        else if (!target.shape.AsSpan().SequenceEqual(entry.Shape.ToArray()))
        {
            Misfits.Add(new SkippedWeight(inModel, DescribeShapes(inModel, entry.Shape, target.shape)));
        }
        else if (!Converts(entry.Type, target.dtype))
        {
            Misfits.Add(new SkippedWeight(inModel, $"{inModel} is {entry.Type} in {_file.Name} but {target.dtype} in the model."));
        }
        else
        {
            Pairs.Add((inFile, inModel, target));
        }
    }

    private void AddAbsent(string name, string? whyClassifierSkipped)
    {
        if (whyClassifierSkipped is not null && name.StartsWith(ClassifierPrefix, StringComparison.Ordinal))
        {
            Skipped.Add(new SkippedWeight(name, whyClassifierSkipped));
        }
        else if (name.EndsWith(BatchCounter, StringComparison.Ordinal))
        {
            Skipped.Add(new SkippedWeight(name, "The file does not have it; it counts training steps and is not needed."));
        }
        else
        {
            Missing.Add(name);
        }
    }

    /// <summary>What lies beside a network that is whole is none of it; beside one that is not, it may be what is missing.</summary>
    private void AddBeside(MappedNames names)
    {
        if (Missing.Count == 0)
        {
            Skipped.AddRange(names.Beside);
        }
        else
        {
            Unexpected.AddRange(names.Beside.Select(beside => beside.Name));
        }

        if (names.Ambiguity is { } ambiguity)
        {
            Misfits.Add(new SkippedWeight("conv1.weight", ambiguity));
        }
    }

    private string DescribeShapes(string name, IReadOnlyList<long> inFile, long[] inModel)
    {
        string advice = (name, inFile, inModel) switch
        {
            ("fc.weight", [var classes, var features], [_, var own]) when features == own => $"; pass SkipClassifier or build with ClassCount = {classes}.",
            ("fc.bias", [var classes], [_]) => $"; pass SkipClassifier or build with ClassCount = {classes}.",
            ("conv1.weight", [var width, var channels, var h, var w], [var a, var b, var c, var d])
                when (width, h, w) == (a, c, d) && channels != b => $"; build with InputChannels = {channels}, or pass AdaptInputChannels.",
            _ => ".",
        };
        return $"{name} is {ShapeText.Of(inFile)} in {_file.Name} but {ShapeText.Of(inModel)} in the model{advice}";
    }

    /// <summary>Floating point converts to floating point of any precision, whole numbers to whole numbers; nothing else.</summary>
    private static bool Converts(torch.ScalarType from, torch.ScalarType to) => from == to || (Kind(from) == Kind(to) && Kind(from) != 0);

    private static int Kind(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float16 or torch.ScalarType.BFloat16 or torch.ScalarType.Float32 or torch.ScalarType.Float64 => 1,
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Int16 or torch.ScalarType.Int32 or torch.ScalarType.Int64 => 2,
        _ => 0,
    };
}

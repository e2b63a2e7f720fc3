using System.Globalization;

namespace ResNet.Onnx;

public sealed partial record OnnxExportOptions
{
    /// <summary>Lists everything that is wrong with these options, whatever the network.</summary>
    /// <returns>One sentence a fault, with the value found and the values allowed; empty when there is none.</returns>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (OpsetVersion is < OldestOpset or > NewestOpset)
        {
            faults.Add(Invariant($"{nameof(OpsetVersion)} is {OpsetVersion}; it must be {OldestOpset} to {NewestOpset}."));
        }

        if (IncludeNormalization && Preprocessing is null)
        {
            faults.Add($"{nameof(IncludeNormalization)} is true, but {nameof(Preprocessing)} is null; give the preprocessing whose normalisation is meant.");
        }

        if (IncludeNormalization && Preprocessing?.Normalization.PixelMean is { } mean && InputHeight is null && InputWidth is null)
        {
            faults.Add(
                Invariant($"{nameof(Preprocessing)} has a mean at each pixel of {mean.Width}x{mean.Height}, which only pictures of one size can be normalised by; ")
                + $"set {nameof(InputHeight)} and {nameof(InputWidth)}.");
        }

        CheckSides(faults);
        CheckNames(faults);
        return faults;
    }

    /// <summary>Does nothing when a model can be written so, by the options alone.</summary>
    /// <exception cref="InvalidOptionsException">It cannot; every fault is listed.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(OnnxExportOptions), Faults());

    /// <summary>Does nothing when this network can be written so.</summary>
    /// <exception cref="InvalidOptionsException">It cannot; every fault is listed.</exception>
    internal void EnsureFits(ResNetOptions network, IReadOnlySet<string> innerNames)
    {
        var faults = Faults().ToList();
        if (IncludeNormalization && network.InputChannels != 3)
        {
            faults.Add(Invariant($"{nameof(IncludeNormalization)} is true, but the network sees {network.InputChannels} channels; it must be 3 (red, green, blue)."));
        }

        if (Labels is { } labels && labels.Count != network.ClassCount)
        {
            faults.Add(Invariant($"{nameof(Labels)} has {labels.Count} names for {network.ClassCount} classes; give one name for each class."));
        }

        foreach ((string option, string name) in new[] { (nameof(InputName), InputName), (nameof(OutputName), WrittenOutputName) })
        {
            if (name is not null && innerNames.Contains(name))
            {
                faults.Add($"{option} is '{name}', the name of a layer; choose another one.");
            }
        }

        InvalidOptionsException.ThrowIfAny(nameof(OnnxExportOptions), faults);
    }

    private void CheckSides(List<string> faults)
    {
        foreach ((string name, int? value) in new[] { (nameof(BatchSize), BatchSize), (nameof(InputHeight), InputHeight), (nameof(InputWidth), InputWidth) })
        {
            if (value < 1)
            {
                faults.Add(Invariant($"{name} is {value}; it must be 1 or more, or null for any."));
            }
        }

        if (InputHeight is null != InputWidth is null)
        {
            string height = InputHeight?.ToString(CultureInfo.InvariantCulture) ?? "null", width = InputWidth?.ToString(CultureInfo.InvariantCulture) ?? "null";
            faults.Add($"{nameof(InputHeight)} is {height} and {nameof(InputWidth)} is {width}; set both or neither.");
        }
    }

    private void CheckNames(List<string> faults)
    {
        foreach ((string option, string? name) in new[] { (nameof(InputName), InputName), (nameof(OutputName), WrittenOutputName), (nameof(ProducerName), ProducerName) })
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                faults.Add($"{option} is {(name is null ? "null" : "blank")}; it must be a name.");
            }
        }

        if (InputName == WrittenOutputName)
        {
            faults.Add($"{nameof(InputName)} and {nameof(OutputName)} are both '{InputName}'; they must differ.");
        }
    }
}

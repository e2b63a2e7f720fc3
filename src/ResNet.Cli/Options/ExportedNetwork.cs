using System.CommandLine;
using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>A network to write as another file, loaded when it is asked for.</summary>
/// <param name="Name">What the user knows it by.</param>
/// <param name="Preprocessing">How pictures are prepared; null where that is not known.</param>
/// <param name="Labels">Its classes, where they are known.</param>
/// <param name="Load">Gives the network; the caller disposes it.</param>
internal sealed record ExportedNetwork(string Name, Preprocessing? Preprocessing, ClassLabels? Labels, Func<ResNetModel> Load)
{
    public static ExportedNetwork OfFile(Terminal terminal, ModelSource source, Normalization? given) => new(
        source.Path,
        source.Assumption is null || given is not null ? source.Preprocessing : null,
        source.Labels,
        () => source.Load(TorchSharp.torch.CPU, terminal.Error));

    /// <summary>The network that the command line describes, untrained; without a description, the built-in one.</summary>
    public static ExportedNetwork WithoutFile(Terminal terminal, ArchitectureOptions architecture, ParseResult parsed, Normalization? given)
    {
        if (architecture.Name(parsed) is { } name)
        {
            var options = architecture.Read(parsed, name);
            var usual = options.Stem == StemKind.Cifar ? Preprocessing.Cifar10 : Preprocessing.ImageNet;
            terminal.Error.Say($"Without FILE: {name} with fresh weights. It is untrained: good for measuring, not for answers.");
            return new ExportedNetwork(name, given is null ? null : usual with { Normalization = given }, null, () => Fresh(options));
        }

        if (architecture.AnyGiven(parsed) || given is not null)
        {
            throw new UsageException("Say which weights to write: resnet export FILE OUT.onnx, or --arch for an untrained network. The built-in network takes no options.");
        }

        terminal.Error.Say("Without FILE: the built-in ResNet-20, which knows CIFAR-10's ten classes, from airplane to truck.");
        ModelFile.LoadBuiltIn(out var description).Dispose();
        return new ExportedNetwork("the built-in ResNet-20", description.Preprocessing, description.Labels, () => ModelFile.LoadBuiltIn(out _));
    }

    /// <summary>Where the new file will not say how pictures are prepared, that is said.</summary>
    public void Announce(Terminal terminal, string to)
    {
        if (Preprocessing is null)
        {
            terminal.Error.Say($"{Name} does not say how pictures are prepared, so {to} will not either. Say it with --normalization.");
        }
    }

    private static ResNetModel Fresh(ResNetOptions options)
    {
        _ = TorchSharp.torch.random.manual_seed(0);
        return new ResNetModel(options);
    }
}

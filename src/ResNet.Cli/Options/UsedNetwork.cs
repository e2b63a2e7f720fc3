using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>A network in evaluation mode, with what is known of it. Disposing it disposes the network.</summary>
internal sealed record UsedNetwork(string Name, ResNetModel Model, Preprocessing Preprocessing, ClassLabels? Labels) : IDisposable
{
    /// <summary>Which images it was trained on; null where that is not known.</summary>
    public TrainingFingerprint? Fingerprint { get; init; }

    public Device Device => Model.parameters().First().device;

    public void Dispose() => Model.Dispose();

    /// <summary>What a class is called.</summary>
    public string LabelOf(int index) => Labels?[index] ?? $"class {index}";
}

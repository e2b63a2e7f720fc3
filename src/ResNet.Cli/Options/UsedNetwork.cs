using ResNet.Imaging;

namespace ResNet.Cli;

/// <summary>A network in evaluation mode, with what is known of it. Disposing it disposes the network.</summary>
internal sealed record UsedNetwork(string Name, ResNetModel Model, Preprocessing Preprocessing, ClassLabels? Labels) : IDisposable
{
    public Device Device => Model.parameters().First().device;

    public void Dispose() => Model.Dispose();

    /// <summary>What a class is called.</summary>
    public string LabelOf(int index) => Labels?[index] ?? $"class {index}";
}

using TorchSharp;

namespace ResNet.Weights;

/// <summary>Makes the weights of the first convolution fit pictures of another number of channels.</summary>
internal static class FirstConvolution
{
    private const string Name = "conv1.weight";

    public static bool CanAdapt(string name, StateDictEntry entry, Tensor target) =>
        name == Name
        && (entry.Shape, target.shape) is ([var width, var channels and > 0, var h, var w], [var a, var b, var c, var d])
        && (width, h, w) == (a, c, d) && channels != b;

    /// <summary>One channel takes the sum over all; more take them in turn, scaled so that the responses keep their size.</summary>
    public static void Adapt(StateDictFile file, string name, Tensor target)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var weights = file.Read(name).to(torch.ScalarType.Float32);
        long inFile = weights.shape[1];
        long inModel = target.shape[1];
        if (inModel == 1)
        {
            target.copy_(weights.sum(1, keepdim: true));
            return;
        }

        long repeats = (inModel + inFile - 1) / inFile;
        target.copy_(weights.repeat(1, repeats, 1, 1).narrow(1, 0, inModel).mul((float)inFile / inModel));
    }

    public static string Describe(StateDictEntry entry, string name, Tensor target) =>
        $"{name} is {ShapeText.Of(entry.Shape)} in the file and {ShapeText.Of(target.shape)} in the model: "
        + (target.shape[1] == 1 ? "the channels were summed." : "the channels were repeated and scaled.");
}

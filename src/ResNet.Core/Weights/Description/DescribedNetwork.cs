using System.Globalization;

namespace ResNet.Weights;

/// <summary>
/// Holds the options of a description against the tensors of its file, before anything is built: a small file must not be able to ask
/// for a network of billions of parameters.
/// </summary>
internal static class DescribedNetwork
{
    /// <summary>As much as opening a file may take, whatever it says.</summary>
    private const long MinAllowance = 64 << 20;

    /// <summary>Halves of a file become floats in a network, and a file may share values between some tensors.</summary>
    private const int MaxGrowth = 4;

    /// <exception cref="WeightsFormatException">
    /// A convolution or the classifier that the options ask for is not in the file, or the network would be far larger than the file.
    /// </exception>
    public static void EnsureFits(ResNetOptions options, StateDictFile file)
    {
        // Tensors of PyTorch's files may share their values: a small file can have as many large ones as it has names.
        long allowance = MinAllowance + (MaxGrowth * file.Length);
        long bytes = 0;

        // Lazily, so that the first one missing ends it, however many the options ask for.
        foreach (var (name, shape) in LargeTensors(options))
        {
            var entry = file.Find(name);
            if (entry is null || !entry.Shape.SequenceEqual(shape))
            {
                string found = entry is null ? "has no such tensor" : $"has it as {ShapeText.Of(entry.Shape)}";
                throw new WeightsFormatException(
                    file.Name,
                    $"its description does not fit its tensors: by its options {name} is {ShapeText.Of(shape)}, but the file {found}. "
                    + "Save the file again, or build the model from options and load the weights alone.");
            }

            bytes += shape.Aggregate(1L, (product, length) => product * length) * sizeof(float);
            if (bytes > allowance)
            {
                throw new WeightsFormatException(
                    file.Name,
                    string.Create(CultureInfo.InvariantCulture, $"the network of its description takes more than {allowance} bytes, but the file has only {file.Length}: ")
                    + "its tensors share their values. It is damaged or hostile.");
            }
        }
    }

    /// <summary>Torch leaves tensors that are disposed out of a state dictionary without a word; a file without them would be worthless.</summary>
    /// <exception cref="InvalidOperationException">A tensor is not there.</exception>
    public static void EnsureComplete(ResNetOptions options, IReadOnlyDictionary<string, Tensor> state)
    {
        foreach (var (name, _) in LargeTensors(options))
        {
            if (!state.ContainsKey(name))
            {
                throw new InvalidOperationException($"The model has no {name} any more; it, or a part of it, is disposed. Save it before that.");
            }
        }
    }

    /// <summary>Names and shapes of all tensors but the normalisations', which are never larger.</summary>
    internal static IEnumerable<(string Name, long[] Shape)> LargeTensors(ResNetOptions options)
    {
        int kernel = options.Stem == StemKind.ImageNet ? 7 : 3;
        yield return ("conv1.weight", [options.BaseWidth, options.InputChannels, kernel, kernel]);
        bool basic = options.Block == BlockKind.Basic;
        long channels = options.BaseWidth;
        for (int stage = 0; stage < options.BlocksPerStage.Count; stage++)
        {
            long width = (long)options.BaseWidth << stage;
            long output = basic ? width : 4 * width;
            long inner = InnerWidth(options, width);
            for (int block = 0; block < options.BlocksPerStage[stage]; block++)
            {
                string prefix = Invariant($"layer{stage + 1}.{block}.");
                yield return (prefix + "conv1.weight", basic ? [width, channels, 3, 3] : [inner, channels, 1, 1]);
                yield return (prefix + "conv2.weight", basic ? [width, width, 3, 3] : [inner, inner / options.Groups, 3, 3]);
                if (!basic)
                {
                    yield return (prefix + "conv3.weight", [output, inner, 1, 1]);
                }

                bool shapeChanges = channels != output || (stage > 0 && block == 0);
                if (options.Residual && (options.Shortcut == ShortcutOption.C || (options.Shortcut == ShortcutOption.B && shapeChanges)))
                {
                    yield return (prefix + "downsample.0.weight", [output, channels, 1, 1]);
                }

                channels = output;
            }
        }

        yield return ("fc.weight", [options.ClassCount, channels]);
    }

    /// <summary>Without overflow: a product that wrapped around could fit a file by accident, or by design.</summary>
    private static long InnerWidth(ResNetOptions options, long width) =>
        (long)Int128.Min((Int128)(width * (options.WidthPerGroup / 64.0)) * options.Groups, long.MaxValue);
}

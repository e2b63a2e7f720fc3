using System.CommandLine;
using System.Globalization;
using ResNet.Compilation;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>How pictures are looked at, for commands that test networks.</summary>
internal sealed class TestingOptions
{
    private readonly Option<string?> _crops = new("--crops") { Description = "center; ten: corners and middle, mirrored too; full: every position of the whole picture. Default: what the weights say, mostly center." };
    private readonly Option<string?> _scales = new("--scales") { Description = "Lengths of the shorter side, such as 224,256,384,480,640, averaged; without --crops, of whole pictures." };
    private readonly Option<bool> _flip = new("--flip") { Description = "Look at the mirror image too." };
    private readonly Option<int?> _padding = new("--padding") { Description = "Pixels of black added on each side before crops are taken." };
    private readonly Option<bool> _enlarge = new("--enlarge") { Description = "Enlarge pictures that are smaller than what the network sees, instead of refusing them." };
    private readonly Option<string?> _average = new("--average") { Description = "What is averaged where a picture is looked at more than once: softmax (default) or logits." };
    private readonly Option<int> _batchSize = new Option<int>("--batch-size") { Description = "Pictures at once; of ten crops, ten count.", DefaultValueFactory = _ => new EvaluationOptions().BatchSize }.AtLeastOne();
    private readonly Option<int?> _workers = new Option<int?>("--workers") { Description = "Threads that read pictures." }.AtLeastOne();
    private readonly EngineChoiceOptions _engine;

    /// <summary>Adds the options to a command.</summary>
    public TestingOptions(Command command)
    {
        _crops.AcceptOnlyFromAmong("center", "ten", "full");
        _average.AcceptOnlyFromAmong("softmax", "logits");
        Option[] options = [_crops, _scales, _flip, _padding, _enlarge, _average, _batchSize, _workers];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        _engine = new EngineChoiceOptions(command);
    }

    /// <summary>What the command line says; for the checks that need no network.</summary>
    /// <exception cref="UsageException">Options that exclude each other, or values that cannot be meant.</exception>
    public EvaluationOptions Read(ParseResult parsed)
    {
        string? crops = parsed.GetValue(_crops);
        int[]? scales = parsed.GetValue(_scales) is { } text ? Scales(text) : null;
        if (parsed.GetValue(_padding) is < 0 and var padding)
        {
            throw new UsageException($"--padding is {padding}; it must be 0 or more.");
        }

        if (crops == "ten" && parsed.GetValue(_flip))
        {
            throw new UsageException("--crops ten holds the mirror images already; leave --flip out.");
        }

        var engine = _engine.Read(parsed);
        bool isWhole = crops == "full" || (crops is null && scales is not null);
        if (isWhole && (engine.Choice == EngineChoice.Compiled || engine.Compile.Precision != CompilePrecision.Float32 || engine.CalibrationFolder is not null))
        {
            throw new UsageException(
                "--engine compiled, --precision bf16 or int8, and --calibration are for crops: the positions of whole pictures come from the network itself. Leave them out.");
        }

        var options = new EvaluationOptions
        {
            BatchSize = parsed.GetValue(_batchSize),
            Crops = crops switch { "center" => TestCrops.Center, "ten" => TestCrops.Ten, _ => null },
            FullyConvolutional = isWhole,
            Scales = scales,
            Flip = parsed.GetValue(_flip),
            Padding = parsed.GetValue(_padding),
            EnlargeSmallPictures = parsed.GetValue(_enlarge),
            Averaging = parsed.GetValue(_average) == "logits" ? ScoreAveraging.Logits : ScoreAveraging.Softmax,
            Engine = engine,
        };
        return options with { WorkerCount = parsed.GetValue(_workers) ?? options.WorkerCount };
    }

    /// <summary>Makes sure that scales and padding go with the size of what the network sees.</summary>
    /// <exception cref="UsageException">A scale is smaller, or the padding larger.</exception>
    public static void EnsureFit(EvaluationOptions options, Preprocessing preprocessing)
    {
        if (options.Scales?.Where(scale => scale < preprocessing.CropSize).ToArray() is [var small, ..])
        {
            throw new UsageException($"--scales has {small}, but this network sees {preprocessing.CropSize} pixels at once; no scale may be less.");
        }

        if (options.Padding > preprocessing.CropSize)
        {
            throw new UsageException($"--padding is {options.Padding}, but this network sees {preprocessing.CropSize} pixels at once; more than those would be nothing but black.");
        }
    }

    private static int[] Scales(string text)
    {
        int[] scales = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int scale) ? scale : 0)];
        return scales.All(scale => scale > 0) && scales.Distinct().Count() == scales.Length
            ? scales
            : throw new UsageException($"--scales is '{text}'; give different lengths in pixels, such as 224,256,384.");
    }
}

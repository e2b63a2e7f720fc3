using Microsoft.Extensions.Options;
using ResNet.Compilation;
using ResNet.Inference;
using ResNet.Runtime;
using ResNet.Weights;

namespace ResNet.DependencyInjection;

/// <summary>Lists everything that is wrong with the options; nothing is loaded for it.</summary>
internal sealed class ImageClassifierOptionsValidator : IValidateOptions<ImageClassifierOptions>
{
    public ValidateOptionsResult Validate(string? name, ImageClassifierOptions options)
    {
        string subject = string.IsNullOrEmpty(name) ? nameof(ImageClassifierOptions) : $"{nameof(ImageClassifierOptions)} of '{name}'";
        string[] faults = [.. Faults(options).Select(fault => $"{subject}: {fault}")];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ImageClassifierOptions options)
    {
        bool hasPath = !string.IsNullOrWhiteSpace(options.WeightsPath);
        bool hasName = !string.IsNullOrWhiteSpace(options.Pretrained);
        string[] sources = [.. Sources(hasPath, hasName, options.Create is not null)];
        if (sources.Length != 1)
        {
            yield return sources.Length == 0
                ? "none of WeightsPath, Pretrained and Create is given; give one of them."
                : $"{string.Join(" and ", sources)} are given; give one of them.";
        }

        if (hasPath && !File.Exists(options.WeightsPath) && !HuggingFaceFolder.IsOne(options.WeightsPath!))
        {
            yield return $"WeightsPath is {options.WeightsPath}, which does not exist; name a file of weights (the current folder is {Environment.CurrentDirectory}).";
        }

        if (hasName && NameFault(options.Pretrained!) is { } nameFault)
        {
            yield return $"Pretrained: {nameFault}";
        }

        if ((hasName || options.Create is not null) && (options.Network ?? options.Preprocessing ?? (object?)options.Labels) is not null)
        {
            yield return $"Network, Preprocessing and Labels are for WeightsPath, but {(hasName ? nameof(options.Pretrained) : nameof(options.Create))} is given; leave them out.";
        }
        else if (options.Network is null != options.Preprocessing is null)
        {
            (string given, string missing) = options.Network is null ? ("Preprocessing", "Network") : ("Network", "Preprocessing");
            yield return $"{given} is given without {missing}; give both, or none for a file that says them itself.";
        }
        else if (options.Labels is not null && options.Network is null)
        {
            yield return "Labels are given without Network and Preprocessing; give all three, or none for a file that says them itself.";
        }

        foreach (string fault in NetworkFaults(options))
        {
            yield return fault;
        }

        if (DeviceFault(options.Device) is { } deviceFault)
        {
            yield return deviceFault;
        }

        foreach (string fault in EngineFaults(options).Concat(LimitErrors(options)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> LimitErrors(ImageClassifierOptions options)
    {
        (string Name, long? Value)[] limits =
        [
            (nameof(options.MaxPixelCount), options.MaxPixelCount), (nameof(options.MaxByteCount), options.MaxByteCount),
            (nameof(options.MaxMemorySize), options.MaxMemorySize), (nameof(options.MaxConcurrentDecodes), options.MaxConcurrentDecodes),
        ];
        foreach (var (name, value) in limits.Where(limit => limit.Value < 1))
        {
            yield return $"{name} is {value}; it must be at least 1.";
        }

        if (options.MaxQueueLength < 0)
        {
            yield return $"MaxQueueLength is {options.MaxQueueLength}; it must be at least 0.";
        }
    }

    private static IEnumerable<string> EngineFaults(ImageClassifierOptions options)
    {
        if (!Enum.IsDefined(options.Engine))
        {
            yield return $"Engine is {(int)options.Engine}; it must be one of {string.Join(", ", Enum.GetNames<EngineChoice>())}.";
        }

        if (!Enum.IsDefined(options.Precision))
        {
            yield return $"Precision is {(int)options.Precision}; it must be one of {string.Join(", ", Enum.GetNames<CompilePrecision>())}.";
        }
        else if (options.Engine == EngineChoice.Eager && options.Precision != CompilePrecision.Float32)
        {
            yield return $"Precision is {options.Precision}, but Engine is Eager, which computes in the numbers of its weights; take Auto or Compiled, or leave Precision out.";
        }

        foreach (string fault in CalibrationFaults(options, hasFolder: !string.IsNullOrWhiteSpace(options.CalibrationFolder)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> CalibrationFaults(ImageClassifierOptions options, bool hasFolder)
    {
        if (options.Precision == CompilePrecision.Int8 && options.Engine != EngineChoice.Eager && options.Create is null && !hasFolder)
        {
            yield return "Precision is Int8, which learns from photos how large numbers get, but CalibrationFolder is not given; name a folder of some hundred photos like those to be classified.";
        }

        if (hasFolder && !Directory.Exists(options.CalibrationFolder))
        {
            yield return $"CalibrationFolder is {options.CalibrationFolder}, which is no folder; name one of some hundred photos (the current folder is {Environment.CurrentDirectory}).";
        }

        if (hasFolder && options.Engine == EngineChoice.Eager)
        {
            yield return "CalibrationFolder is given, but Engine is Eager, which needs none; take Auto or Compiled, or leave CalibrationFolder out.";
        }
    }

    private static IEnumerable<string> NetworkFaults(ImageClassifierOptions options)
    {
        if (options.Network is not { } network)
        {
            yield break;
        }

        foreach (string fault in network.Faults())
        {
            yield return $"Network: {fault}";
        }

        if (options.Labels is { } labels && labels.Count != network.ClassCount)
        {
            yield return $"there are {labels.Count} labels for {network.ClassCount} classes; give one label for each class.";
        }
    }

    private static IEnumerable<string> Sources(bool path, bool name, bool create)
    {
        if (path)
        {
            yield return nameof(ImageClassifierOptions.WeightsPath);
        }

        if (name)
        {
            yield return nameof(ImageClassifierOptions.Pretrained);
        }

        if (create)
        {
            yield return nameof(ImageClassifierOptions.Create);
        }
    }

    private static string? NameFault(string name)
    {
        try
        {
            PretrainedWeights.Find(name);
            return null;
        }
        catch (ArgumentException fault)
        {
            return fault.Message.Replace($" (Parameter '{fault.ParamName}')", string.Empty, StringComparison.Ordinal);
        }
    }

    private static string? DeviceFault(string? device)
    {
        try
        {
            DeviceSelector.EnsureName(device ?? "null");
            return null;
        }
        catch (ArgumentException)
        {
            return $"Device is {(device is null ? "null" : $"'{device}'")}; use auto, cpu, cuda or cuda:N with N from 0.";
        }
    }
}

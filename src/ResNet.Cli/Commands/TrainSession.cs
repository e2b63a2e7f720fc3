using System.Globalization;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using ResNet.Weights;
using Spectre.Console;
using TorchSharp;

namespace ResNet.Cli;

/// <summary>The main job: open the pictures, build the network, train it, test it once, and say what to type next.</summary>
internal sealed class TrainSession(TrainRequest request, IAnsiConsole console)
{
    private const int SamplePictures = 12;
    private const string Resnet = "dotnet run -c Release --project src/ResNet.Cli --";

    public TrainOutcome Run(CancellationToken cancellationToken)
    {
        var data = TrainingData.Open(
            request.Data, request.ValidationShare, request.Seed, new TrainingFolders(request.ValidationFolder, request.TestFolder, request.Labels), console, cancellationToken);
        ReportFaults(data.Faults);
        using var directory = Hold();
        var (result, options) = Train(data, directory, cancellationToken);
        string output = directory.Path;
        var test = TestBest(data, options, output, DeviceSelector.Parse(request.Device), out bool enlarges, cancellationToken);
        ReportFaults([.. result.Faults, .. test.Faults]);
        string photos = data.IsBuiltIn ? SavePictures(data.Test, Path.Combine(output, "pictures")) : "PHOTO";
        Conclude(data, output, test, photos, enlarges);
        return new TrainOutcome(result, test);
    }

    /// <summary>Takes the run's folder: nothing is written or deleted in it before. Runs that were given none get one each, also those of the same second.</summary>
    /// <exception cref="CheckpointException">Another process has it.</exception>
    public RunDirectory Hold() => request.Output is { } output
        ? RunDirectory.Hold(output)
        : RunDirectory.Create("runs", $"{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{request.NetworkName}");

    /// <summary>Builds the network and trains it to the end of its run.</summary>
    public (TrainingResult Result, TrainingOptions Options) Train(TrainingData data, RunDirectory directory, CancellationToken cancellationToken)
    {
        var device = DeviceSelector.Parse(request.Device);
        string name = request.NetworkName;
        var network = request.Network with { ClassCount = data.Train.Labels.Count };
        if (request.Weights is not null || (network.Stem != StemKind.Cifar && request.Recipe != "imagenet"))
        {
            // Drawn the paper's way, a classifier of few classes would begin with scores far too large for features that are trained, and for as many as
            // an ImageNet network has: a fresh ResNet-50 of two classes would begin at a loss near 100.
            network = network with { Initialization = Initialization.Torchvision };
        }

        string output = directory.Path;
        var options = request.ToOptions(data, network, output);

        _ = torch.random.manual_seed(request.Seed);
        using var model = new ResNetModel(network, device);

        if (request.Weights is { } weights)
        {
            LoadStart(model, weights, data, output);
        }

        Introduce(data, name, model, options, device);
        var trainer = new Trainer(model, options, new ConsoleLog(console)) { HeldDirectory = directory };
        try
        {
            return (TrainingDisplay.Show(console, progress => request.IsResumed
                ? GoOn(trainer, data, directory, progress, cancellationToken)
                : Begin(trainer, data, directory, progress, cancellationToken)), options);
        }
        catch (OperationCanceledException)
        {
            console.Say(HasCheckpoint(output)
                ? $"Stopped. {Resnet} train --resume {output} goes on from here; the weights so far are in {Path.Combine(output, "last.safetensors")}"
                : "Stopped before the first iteration; nothing is lost.");
            throw;
        }
    }

    private void LoadStart(ResNetModel model, string weights, TrainingData data, string output)
    {
        if (request.IsResumed)
        {
            if (!HasCheckpoint(output))
            {
                // Stopped before its first checkpoint, it has left the weights that it begins with, its fresh classifier among them.
                model.LoadWeights(Path.Combine(output, "last.safetensors"));
            }

            return;
        }

        var report = model.LoadWeights(weights, new WeightsLoadOptions { KeepClassifierOf = data.Train.Labels, FileLabels = request.WeightsLabels, RequireFinite = true });
        console.Say(report.Skipped.FirstOrDefault(skipped => skipped.Name.StartsWith("fc.", StringComparison.Ordinal)) is { } fresh
            ? $"classifier: starts fresh. {fresh.Reason}"
            : $"classifier: kept, for the classes are the same. {string.Concat(report.Adapted)}".TrimEnd());
    }

    private static bool HasCheckpoint(string output) =>
        Path.Combine(output, "checkpoints") is var folder && Directory.Exists(folder) && Directory.EnumerateFiles(folder, "iteration-*.safetensors").Any();

    private TrainingResult Begin(Trainer trainer, TrainingData data, RunDirectory directory, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        string command = (request with { Output = null }).Save(directory);
        try
        {
            return trainer.Fit(data.Train, data.Validation, progress, cancellationToken);
        }
        catch when (!directory.HoldsRun)
        {
            // Nothing has begun, so there is nothing to go on with; the folder stays free.
            File.Delete(command);
            throw;
        }
    }

    private TrainingResult GoOn(Trainer trainer, TrainingData data, RunDirectory directory, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        trainer.Resume(data.Train, data.Validation, request.HasNewLength ? new FirstReport(progress, () => request.Replace(directory)) : progress, cancellationToken);

    private void Introduce(TrainingData data, string name, ResNetModel model, TrainingOptions options, Device device)
    {
        long parameters = model.parameters().Sum(parameter => parameter.numel());
        console.Say($"{name}: {parameters:N0} parameters, {model.Options.ClassCount} classes, on {device}");
        console.Say($"{data.Name}: {data.Train.Count:N0} pictures to train on, {data.Validation?.Count ?? 0:N0} to validate, {data.Test.Count:N0} to test");
        console.Say($"run: {options.OutputDirectory}   (Ctrl+C stops it; --resume goes on)");
    }

    /// <summary>The test pictures are looked at once, with the weights that validation chose.</summary>
    private EvaluationReport TestBest(
        TrainingData data, TrainingOptions options, string output, Device device, out bool enlarges, CancellationToken cancellationToken)
    {
        string path = Path.Combine(output, "best.safetensors");
        using var best = ModelFile.Load(path, out var description, device);

        // An image may lie in both parts, or have been seen by the weights that the run began with; 'evaluate' leaves it out as well.
        var fingerprint = data.IsBuiltIn ? null : RunDirectory.FindFingerprint(path, description);
        var images = UnseenImages.Find(console, data.Test, [fingerprint], includeSeen: false, cancellationToken).Unseen ?? data.Test;
        console.Say($"testing on {images.Count:N0} pictures");
        enlarges = images is ISizedDataset sized
            && Enumerable.Range(0, images.Count).Any(index => sized.SizeOf(index) is { } side && Math.Min(side.Width, side.Height) < description.Preprocessing!.CropSize);
        int size = options.MicroBatchSize ?? options.BatchSize;

        // The crops that the weights ask for, and small pictures treated as in training.
        var evaluation = new EvaluationOptions { BatchSize = size, WorkerCount = options.WorkerCount, EnlargeSmallPictures = true };
        return Evaluator.Evaluate(best, images, description.Preprocessing!, evaluation, null, cancellationToken);
    }

    private void ReportFaults(IReadOnlyList<DataFault> faults)
    {
        // What concerns a whole folder first: it must not drown in single files.
        var distinct = faults.Distinct().OrderBy(fault => !Directory.Exists(fault.Path)).ToArray();
        console.SayLeftOut(distinct.Take(10));

        if (distinct.Length > 10)
        {
            console.Say($"left out: {distinct.Length - 10} more files");
        }
    }

    private void Conclude(TrainingData data, string output, EvaluationReport test, string photos, bool enlarges)
    {
        string best = Path.Combine(output, "best.safetensors");
        console.Say($"test error: {test.Top1Error:P2} ({test.Top1Correct:N0} of {test.Images:N0} right)");
        console.Say($"weights:    {best}");
        console.Say("next:");
        console.Say($"  {Resnet} classify --weights {best} {photos}");
        if (Directory.Exists(data.Name))
        {
            console.Say($"  {Resnet} evaluate --weights {best} --data {data.Name}{(enlarges ? " --enlarge" : string.Empty)}");
        }

        console.Say($"  {Resnet} summary {best}");
    }

    /// <summary>A few test pictures as files, so that there is something to classify.</summary>
    /// <returns>The pattern that names them all.</returns>
    private static string SavePictures(IImageDataset dataset, string folder)
    {
        for (int i = 0; i < Math.Min(SamplePictures, dataset.Count); i++)
        {
            var sample = dataset.Read(i);
            ImageEncoder.SavePng(sample.Image, Path.Combine(folder, $"{i:D2}-{dataset.Labels[sample.Label]}.png"));
        }

        return Path.Combine(folder, "*.png");
    }
}

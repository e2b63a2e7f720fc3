using ResNet.Analysis;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using ResNet.Weights;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Trains the networks of a study one after another, tests their last weights, and writes the page.</summary>
internal sealed class ReproduceSession(ReproduceRequest request, IAnsiConsole console)
{
    private const double ValidationShare = 0.1;

    /// <summary>Enough for standard deviations; the paper does not say over how many it took them.</summary>
    private const int ResponsePictures = 1000;

    public (string Page, ExperimentSetup Setup, IReadOnlyList<ExperimentResult> Results) Run(CancellationToken cancellationToken)
    {
        // Two studies in one folder would overwrite each other's page.
        using var study = RunDirectory.Hold(request.Output);

        // A folder that holds something else is found before hours of work.
        var runs = request.Experiments.Select(experiment => (Experiment: experiment, Run: request.RunOf(experiment))).ToList();
        var data = TrainingData.Open(request.Data, ValidationShare, request.Seed, new TrainingFolders(null, null), console, cancellationToken);
        console.SayLeftOut(data.Faults);

        var results = new List<ExperimentResult>();
        string page = string.Empty;
        ExperimentSetup? setup = null;
        foreach (var (experiment, run) in runs)
        {
            console.Say($"{results.Count + 1} of {runs.Count}: {experiment.Name}, {request.Iterations:N0} iterations");
            var session = new TrainSession(run, console);
            using var directory = session.Hold();
            var (trained, options) = session.Train(data, directory, cancellationToken);
            var result = Test(experiment, trained, data, options, cancellationToken);
            console.Say($"{experiment.Name}: test error {result.Test.Top1Error:P2}");
            results.Add(result);

            // What is done is kept on the page, whatever becomes of the networks to come.
            setup = SetupOf(options, data, runs.Count);
            page = ExperimentReport.Write(request.Output, setup, results);
        }

        return (page, setup!, results);
    }

    private ExperimentSetup SetupOf(TrainingOptions training, TrainingData data, int networkCount) => new()
    {
        Training = training,
        NetworkCount = networkCount,
        TrainPictureCount = data.Train.Count,
        ValidationPictureCount = data.Validation!.Count,
        LossyFormat = ImageFileExtensions.IsJpeg(data.Test.NameOf(0)) ? "JPEG" : null,
        Command = request.Command,
    };

    private ExperimentResult Test(CifarExperiment experiment, TrainingResult trained, TrainingData data, TrainingOptions options, CancellationToken cancellationToken)
    {
        using var model = ModelFile.Load(Path.Combine(trained.OutputDirectory!, "last.safetensors"), out var description, DeviceSelector.Parse(request.Device));
        // As in training, small pictures are enlarged.
        var evaluation = new EvaluationOptions { BatchSize = options.BatchSize, WorkerCount = options.WorkerCount, Crops = TestCrops.Center, EnlargeSmallPictures = true };
        var test = EvaluationDisplay.Show(
            console, evaluation, (shown, progress) => Evaluator.Evaluate(model, data.Test, description.Preprocessing!, shown, progress, cancellationToken));
        return new ExperimentResult
        {
            Experiment = experiment,
            ParameterCount = model.parameters().Sum(parameter => parameter.numel()),
            Training = trained,
            Test = test,
            Responses = Responses(model, data, options, cancellationToken),
        };
    }

    /// <summary>The same test pictures for every network, of all classes.</summary>
    private IReadOnlyList<LayerResponse> Responses(ResNetModel model, TrainingData data, TrainingOptions options, CancellationToken cancellationToken)
    {
        int step = Math.Max(1, data.Test.Count / ResponsePictures);
        var sample = new Subset(data.Test, [.. Enumerable.Range(0, data.Test.Count).Where(i => i % step == 0)]);
        var loading = new LoaderOptions { BatchSize = options.BatchSize, WorkerCount = options.WorkerCount, Preprocessing = options.Preprocessing };
        return ResponseDisplay.Measure(console, "layer responses", model, sample, loading, cancellationToken).Responses;
    }
}

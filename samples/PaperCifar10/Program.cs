// Section 4.2 of the paper: a CIFAR-10 network of any depth 6n+2, trained on 45,000 pictures, its best weights chosen by 5,000, tested on 10,000.
// Run: dotnet run -c Release --project samples/PaperCifar10 -- [DATA] [DEPTH] [ITERATIONS]
// DATA: the binary files or their archive; "download" (the default) fetches it once; "shapes" draws other pictures, to try the program.
// DEPTH: 20 unless given. ITERATIONS: 64,000 unless given; the drops of the rate keep their proportions.
// Stopped and started again, it goes on where it was, to the last bit.
using System.Globalization;
using ResNet;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using TorchSharp;

string source = args.ElementAtOrDefault(0) ?? "download";
int depth = int.Parse(args.ElementAtOrDefault(1) ?? "20", CultureInfo.InvariantCulture);
int iterations = int.Parse(args.ElementAtOrDefault(2) ?? "64000", CultureInfo.InvariantCulture);

TorchRuntime.TuneProcess();
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var all = await OpenAsync(CifarPart.Train);
var split = DatasetSplit.Stratified(all, testCount: all.Count / 10);
var mean = PixelMean.Of(Enumerable.Range(0, split.Train.Count).Select(i => split.Train.Read(i).Image), stop.Token);
var recipe = TrainingOptions.PaperCifar10For(depth) with
{
    Iterations = iterations,
    Preprocessing = Preprocessing.PaperCifar10(mean),
    OutputDirectory = Path.Combine("runs", $"resnet{depth}-{source.Split('/', '\\')[^1]}-{iterations}"),
};

_ = torch.random.manual_seed(recipe.Seed);
using var model = ResNetModel.CifarResNet(depth, all.Labels.Count);
var trainer = new Trainer(model, recipe);
var progress = new Progress<TrainingProgress>(Print);
try
{
    var result = Directory.Exists(recipe.OutputDirectory)
        ? trainer.Resume(split.Train, split.Test, progress, stop.Token)
        : trainer.Fit(split.Train, split.Test, progress, stop.Token);
    Console.WriteLine($"lowest validation error {result.BestValidationTop1Error:P2}; curves and weights are in {result.OutputDirectory}");
}
catch (OperationCanceledException)
{
    Console.WriteLine($"stopped; the same command goes on with {recipe.OutputDirectory}");
    return 130;
}

// The paper tests the weights of the end, which the model has now.
var report = Evaluator.Evaluate(model, await OpenAsync(CifarPart.Test), recipe.Preprocessing);
Console.WriteLine($"test error {report.Top1Error:P2}");
return 0;

async Task<IImageDataset> OpenAsync(CifarPart part) => source switch
{
    "shapes" => new SyntheticShapes(part == CifarPart.Train ? 4000 : 1000, seed: (int)part),
    "download" => await Cifar10.DownloadAsync(part, cancellationToken: stop.Token),
    _ => Cifar10.Open(source, part),
};

static void Print(TrainingProgress at)
{
    if (at.ValidationTop1Error is { } error)
    {
        Console.WriteLine($"{at.Iteration,6:N0} of {at.IterationCount:N0}: rate {at.LearningRate:G3}, training error {at.TrainError:P1}, validation error {error:P1}, {at.ImagesPerSecond:F0} pictures/s");
    }
}

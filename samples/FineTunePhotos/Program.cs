// Teaches a trained network new classes: FOLDER/train/<class>/*.jpg and FOLDER/test/<class>/*.jpg, or FOLDER/<class>/*.jpg, which is split.
// Run: dotnet run -c Release --project samples/FineTunePhotos -- FOLDER [WEIGHTS]
// WEIGHTS: a file that says its network, such as best.safetensors of a run, or a published name; resnet18 unless given.
// Without a folder it trains a network on eight of the built-in shapes first, and then teaches it the other four: some two minutes on two cores.
using ResNet;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using ResNet.Weights;
using TorchSharp;

TorchRuntime.TuneProcess();
string? temporary = args.Length == 0 ? Directory.CreateTempSubdirectory("resnet-shapes-").FullName : null;
try
{
    string folder = temporary is null ? args[0] : DrawShapes(Path.Combine(temporary, "new"), firstClass: 8, classCount: 4, count: 1200);
    string weights = temporary is null ? args.ElementAtOrDefault(1) ?? "resnet18" : TrainOnOtherShapes(temporary);
    var data = ImageFolderSplits.Open(folder);
    var split = DatasetSplit.Stratified(data.Train, 0.15);

    _ = torch.random.manual_seed(0);
    var (path, description) = await FindAsync(weights);

    // Everything but the classifier is loaded. Drawn the paper's way, a classifier of few classes would begin with scores far too large.
    using var model = new ResNetModel(description.Options with { ClassCount = data.Train.Labels.Count, Initialization = Initialization.Torchvision });
    model.LoadWeights(path, new WeightsLoadOptions { SkipClassifier = true });
    var recipe = TrainingOptions.FineTuneFor(description.Preprocessing ?? Preprocessing.ImageNet) with
    {
        OutputDirectory = temporary is null ? $"finetuned-{DateTime.Now:yyyyMMdd-HHmmss}" : null,
    };
    Console.WriteLine($"{split.Train.Count:N0} pictures of {data.Train.Labels.Count} classes to learn from, {data.Test.Count:N0} to test");
    var result = new Trainer(model, recipe).Fit(split.Train, split.Test, new Progress<TrainingProgress>(Print));

    var report = Evaluator.Evaluate(model, data.Test, recipe.Preprocessing);
    Console.WriteLine($"test error {report.Top1Error:P1} after {result.Epochs} epochs{(result.OutputDirectory is { } output ? $"; everything is in {output}" : null)}");
}
finally
{
    if (temporary is not null)
    {
        Directory.Delete(temporary, recursive: true);
    }
}

static async Task<(string Path, ModelDescription Description)> FindAsync(string weights)
{
    if (Path.Exists(weights))
    {
        return (weights, ModelFile.ReadDescription(weights));
    }

    var published = PretrainedWeights.Find(weights);
    return (await PretrainedWeights.GetAsync(published), published.ToDescription());
}

static string TrainOnOtherShapes(string root)
{
    var shapes = ImageFolder.Open(DrawShapes(Path.Combine(root, "old"), firstClass: 0, classCount: 8, count: 8000));
    _ = torch.random.manual_seed(0);
    using var model = ResNetModel.CifarResNet(20, shapes.Labels.Count);
    string run = Path.Combine(root, "run");
    var result = new Trainer(model, TrainingOptions.Shapes with { Epochs = 6, OutputDirectory = run }).Fit(shapes, validation: null);
    Console.WriteLine($"a network for {shapes.Labels.Count} other shapes: training loss {result.TrainLoss:F3}");
    return Path.Combine(run, "last.safetensors");
}

static string DrawShapes(string folder, int firstClass, int classCount, int count)
{
    var shapes = new SyntheticShapes(count);
    foreach (int i in Enumerable.Range(0, count).Where(i => shapes.LabelOf(i) >= firstClass && shapes.LabelOf(i) < firstClass + classCount))
    {
        ImageEncoder.SavePng(shapes.Read(i).Image, Path.Combine(folder, shapes.Labels[shapes.LabelOf(i)], $"{i:D4}.png"));
    }

    return folder;
}

static void Print(TrainingProgress at)
{
    if (at.ValidationTop1Error is { } error)
    {
        Console.WriteLine($"epoch {at.Epoch}: loss {at.TrainLoss:F3}, training error {at.TrainError:P1}, validation error {error:P1}");
    }
}

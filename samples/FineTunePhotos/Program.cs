// Teaches a trained network new classes: FOLDER/train/<class>/*.jpg and FOLDER/test/<class>/*.jpg, or FOLDER/<class>/*.jpg, which is split.
// Run: dotnet run -c Release --project samples/FineTunePhotos -- [FOLDER] [WEIGHTS]
// WEIGHTS: a file that says its network, such as best.safetensors of a run, or a published name such as resnet18; the built-in ResNet-20 unless given.
// Without a folder it draws four kinds of shapes, to try it out.
using ResNet;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using ResNet.Weights;
using TorchSharp;

TorchRuntime.TuneProcess();
string folder = args.ElementAtOrDefault(0) ?? DrawShapes(Path.Combine("runs", "shapes-to-finetune"));
var data = ImageFolderSplits.Open(folder);
var split = DatasetSplit.Stratified(data.Train, 0.15);

_ = torch.random.manual_seed(0);
var (model, preprocessing) = await LoadAsync(args.ElementAtOrDefault(1));
using (model)
{
    // Drawn the paper's way, a classifier of few classes would begin with scores far too large for features that are trained.
    model.ReplaceClassifier(data.Train.Labels.Count, Initialization.Torchvision);
    var recipe = TrainingOptions.FineTuneFor(preprocessing);
    recipe = recipe with
    {
        // The 64 features of the built-in network are small; the 512 and more of an ImageNet network want the recipe's own rate.
        LearningRate = args.Length < 2 ? 0.1 : recipe.LearningRate,
        OutputDirectory = Path.Combine("runs", $"finetuned-{DateTime.Now:yyyyMMdd-HHmmss}"),
    };
    Console.WriteLine($"{split.Train.Count:N0} pictures of {data.Train.Labels.Count} classes to learn from, {data.Test.Count:N0} to test");
    var result = new Trainer(model, recipe).Fit(split.Train, split.Test, new Progress<TrainingProgress>(Print));

    var report = Evaluator.Evaluate(model, data.Test, recipe.Preprocessing);
    Console.WriteLine($"test error {report.Top1Error:P1} after {result.Epochs} epochs; everything is in {result.OutputDirectory}");
}

static async Task<(ResNetModel Model, Preprocessing Preprocessing)> LoadAsync(string? weights)
{
    if (weights is not null && !Path.Exists(weights))
    {
        var published = PretrainedWeights.Find(weights);
        return (await PretrainedWeights.LoadAsync(published), published.Preprocessing);
    }

    var model = weights is null ? ModelFile.LoadBuiltIn(out var description) : ModelFile.Load(weights, out description);
    return (model, description.Preprocessing ?? Preprocessing.ImageNet);
}

static string DrawShapes(string folder)
{
    var shapes = new SyntheticShapes(1200);
    foreach (int i in Enumerable.Range(0, shapes.Count).Where(i => shapes.LabelOf(i) < 4))
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

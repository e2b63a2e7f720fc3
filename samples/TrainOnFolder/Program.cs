// Trains on a folder of pictures: FOLDER/train/<class>/*.jpg and FOLDER/test/<class>/*.jpg, or FOLDER/<class>/*.jpg, which is split.
// Run: dotnet run -c Release --project samples/TrainOnFolder -- FOLDER
// Without a folder it draws four of the built-in shapes into a temporary one, and trains for about a minute on two cores.
using ResNet;
using ResNet.Imaging;
using ResNet.Training;
using TorchSharp;

string? temporary = args.Length == 0 ? DrawShapes() : null;
try
{
    var data = ImageFolderSplits.Open(temporary ?? args[0]);
    Console.Write(string.Concat(data.Faults.Select(fault => $"left out: {fault.Path}: {fault.Reason}\n")));

    // Shapes of 32x32 suit the small CIFAR-10 network, photos one of ImageNet's. Validation pictures come from the
    // training set, so that nothing is chosen by looking at the test set.
    var network = (temporary is null ? ResNetOptions.ResNet18 : ResNetOptions.Cifar(20)) with { ClassCount = data.Train.Labels.Count };
    var recipe = temporary is null
        ? TrainingOptions.Photos with { Epochs = 10, OutputDirectory = "run" }
        : TrainingOptions.Shapes with { Epochs = 4, BatchSize = 16, LearningRate = 0.05, Schedule = new StepSchedule { WarmupIterations = 50 } };
    var split = DatasetSplit.Stratified(data.Train, 0.1, seed: 0);

    _ = torch.random.manual_seed(0);
    using var model = new ResNetModel(network);
    Console.WriteLine($"{split.Train.Count:N0} pictures of {network.ClassCount} classes to train on, {data.Test.Count:N0} to test");
    var result = new Trainer(model, recipe).Fit(split.Train, split.Test, new Progress<TrainingProgress>(Print));

    var report = Evaluator.Evaluate(model, data.Test, recipe.Preprocessing);
    Console.WriteLine($"test error {report.Top1Error:P1} after {result.Iterations:N0} iterations");
}
finally
{
    if (temporary is not null)
    {
        Directory.Delete(temporary, recursive: true);
    }
}

static void Print(TrainingProgress at)
{
    if (at.ValidationTop1Error is { } error)
    {
        Console.WriteLine($"epoch {at.Epoch}: loss {at.TrainLoss:F3}, training error {at.TrainError:P1}, validation error {error:P1}");
    }
}

static string DrawShapes()
{
    string root = Directory.CreateTempSubdirectory("resnet-shapes-").FullName;
    var shapes = new SyntheticShapes(count: 4800);
    foreach (int i in Enumerable.Range(0, shapes.Count).Where(i => shapes.LabelOf(i) < 4))
    {
        ImageEncoder.SavePng(shapes.Read(i).Image, Path.Combine(root, shapes.Labels[shapes.LabelOf(i)], $"{i:D4}.png"));
    }

    return root;
}

// Tests a network as the paper does (3.4): on the centre crop of every picture, on ten crops, and on whole pictures at three scales.
// Run: dotnet run -c Release --project samples/TenCropEvaluation -- [FOLDER] [WEIGHTS]
// FOLDER: <class>/*.jpg, of classes that the network knows. WEIGHTS: a file that says its network; the built-in ResNet-20 for CIFAR-10 unless given.
// Without a folder it trains a small network on drawn shapes first, for half a minute.
using ResNet;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using ResNet.Weights;
using TorchSharp;

TorchRuntime.TuneProcess();
var (model, preprocessing, pictures) = args.Length == 0 ? Train() : Open(args[0], args.ElementAtOrDefault(1));
using var disposed = model;
int crop = preprocessing.CropSize;
Test("centre crop", new() { Crops = TestCrops.Center });
Test("ten crops", new() { Crops = TestCrops.Ten });
Test("whole pictures", new() { FullyConvolutional = true, Scales = [crop, crop * 9 / 8, crop * 5 / 4] });

void Test(string way, EvaluationOptions options)
{
    var report = Evaluator.Evaluate(model, pictures, preprocessing, options);
    Console.WriteLine($"{way,-15}{report.Top1Error,7:P1} error, loss {report.Loss:F3}: {report.Images:N0} pictures, {report.ViewCount} views of each");
}

static (ResNetModel, Preprocessing, IImageDataset) Train()
{
    _ = torch.random.manual_seed(0);
    var model = new ResNetModel(ResNetOptions.Cifar(8) with { ClassCount = new SyntheticShapes(1).Labels.Count });
    _ = new Trainer(model, TrainingOptions.Shapes).Fit(new SyntheticShapes(8000), validation: null);
    return (model, Preprocessing.Cifar10, new SyntheticShapes(600, seed: 1));
}

static (ResNetModel, Preprocessing, IImageDataset) Open(string folder, string? weights)
{
    var model = weights is null ? ModelFile.LoadBuiltIn(out var description) : ModelFile.Load(weights, out description);
    return (model, description.Preprocessing ?? Preprocessing.ImageNet, ImageFolder.Open(folder, description.Labels));
}

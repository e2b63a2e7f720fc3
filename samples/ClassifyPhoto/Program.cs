// Says what photos show: three guesses for each, the best one first.
// Run: dotnet run -c Release --project samples/ClassifyPhoto -- WEIGHTS PHOTO...
using ResNet.Inference;
using ResNet.Runtime;

if (args.Length < 2)
{
    Console.Error.WriteLine("Usage: ClassifyPhoto WEIGHTS PHOTO...");
    Console.Error.WriteLine("WEIGHTS: a file that says its network, such as best.safetensors of a run of 'resnet train', or a published name: resnet50.");
    return 2;
}

TorchRuntime.TuneProcess();
using var classifier = Path.Exists(args[0]) ? ImageClassifier.FromFile(args[0]) : await ImageClassifier.FromPretrainedAsync(args[0]);
int unread = 0;
await foreach (var photo in classifier.ClassifyAsync(args[1..], top: 3))
{
    Console.WriteLine(photo.Error is { } fault ? fault.Message : photo.File);
    unread += photo.Error is null ? 0 : 1;
    foreach (var prediction in photo.Predictions)
    {
        Console.WriteLine($"  {prediction.Probability,6:P1}  {prediction.Label}");
    }
}

return unread == 0 ? 0 : 1;

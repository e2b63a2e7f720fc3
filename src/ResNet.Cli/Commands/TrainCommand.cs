using System.CommandLine;
using System.Text.Json.Nodes;

namespace ResNet.Cli;

/// <summary><c>resnet train</c>: the main job.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("train", "Trains a network: on the built-in pictures, or on a folder of photos.");
        var architecture = new ArchitectureOptions(command);
        var data = new Option<string>("--data") { Description = "shapes (built in), or a folder: DIR/train/<class>/… and DIR/test/<class>/…, or DIR/<class>/…", DefaultValueFactory = _ => TrainingData.BuiltIn };
        var recipe = new Option<string?>("--recipe") { Description = "shapes, cifar10 (section 4.2 of the paper: 64,000 iterations), small (32x32) or photos (224x224); default: what fits pictures and network." };
        recipe.AcceptOnlyFromAmong("shapes", "cifar10", "small", "photos");
        var weights = new Option<string?>("--weights") { Description = "Start from the weights of this file; the classifier starts fresh." };
        var output = new Option<string?>("--output") { Description = "Folder of the run; default: runs/<time>-<arch>." };
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the training pictures." }.AtLeastOne();
        var iterations = new Option<int?>("--iterations") { Description = "Mini-batches, instead of epochs." }.AtLeastOne();
        var batchSize = new Option<int?>("--batch-size") { Description = "Pictures in a mini-batch." }.AtLeastOne();
        var learningRate = new Option<double?>("--learning-rate") { Description = "Learning rate before the schedule's factor." };
        var seed = new Option<int>("--seed") { Description = "Draws weights, order and augmentation.", DefaultValueFactory = _ => 0 };
        var workers = new Option<int?>("--workers") { Description = "Threads that read pictures." }.AtLeastOne();
        var validation = new Option<double>("--validation-split") { Description = "Share of a folder's training pictures held out to choose the best weights by.", DefaultValueFactory = _ => 0.1 };
        var normalization = CommonOptions.Normalization();
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        Option[] options = [data, recipe, weights, output, epochs, iterations, batchSize, learningRate, seed, workers, validation, normalization, device, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string? name = architecture.Name(parsed);
            if (architecture.ClassesGiven(parsed))
            {
                throw new UsageException("--classes follows from the pictures when training; leave it out.");
            }

            if (parsed.GetValue(validation) is < 0 or >= 1)
            {
                throw new UsageException($"--validation-split is {parsed.GetValue(validation)}; it must be at least 0 and below 1.");
            }

            string fallback = parsed.GetValue(data) == TrainingData.BuiltIn ? "resnet20-cifar" : "resnet18";
            var request = new TrainRequest
            {
                Data = parsed.GetValue(data)!,
                NetworkName = name ?? fallback,
                Network = architecture.Read(parsed, name ?? fallback),
                Recipe = parsed.GetValue(recipe),
                Weights = parsed.GetValue(weights),
                Output = parsed.GetValue(output),
                Epochs = parsed.GetValue(epochs),
                Iterations = parsed.GetValue(iterations),
                BatchSize = parsed.GetValue(batchSize),
                LearningRate = parsed.GetValue(learningRate),
                Seed = parsed.GetValue(seed),
                WorkerCount = parsed.GetValue(workers),
                ValidationShare = parsed.GetValue(validation),
                Normalization = CommonOptions.ReadNormalization(parsed.GetValue(normalization)),
                Device = parsed.GetValue(device)!,
            };
            var outcome = new TrainSession(request, terminal.Talk(parsed.GetValue(json))).Run(stop);
            if (parsed.GetValue(json))
            {
                Terminal.WriteJson(ToJson(outcome));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject ToJson(TrainOutcome outcome) => new()
    {
        ["iterations"] = outcome.Training.Iterations,
        ["epochs"] = outcome.Training.Epochs,
        ["trainLoss"] = Terminal.Number(outcome.Training.TrainLoss),
        ["validationTop1Error"] = outcome.Training.BestValidationTop1Error,
        ["testTop1Error"] = outcome.Test.Top1Error,
        ["output"] = outcome.Training.OutputDirectory,
    };
}

using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary><c>resnet train</c>: the main job.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("train", "Trains a network: on the built-in pictures, or on a folder of photos.");
        var architecture = new ArchitectureOptions(command);
        var data = new Option<string>("--data") { Description = "shapes (built in), cifar10 (fetched once), or a folder: DIR/train/<class>/… beside DIR/test/… and DIR/val/…, or DIR/<class>/…, or the binary files of CIFAR-10", DefaultValueFactory = _ => TrainingData.BuiltIn };
        var recipe = new Option<string?>("--recipe") { Description = "cifar10 and imagenet (the paper's), finetune (from --weights), modern (torchvision's for its V2 weights), photos (224x224), small (32x32) or shapes; default: what fits pictures, network and weights." };
        recipe.AcceptOnlyFromAmong("cifar10", "imagenet", "finetune", "modern", "photos", "small", "shapes");
        var resume = new Option<string?>("--resume") { Description = "Go on with the run in this folder, exactly as if it had never stopped; with --epochs or --iterations to another length in all, also after its end." };
        var weights = new Option<string?>("--weights") { Description = "Start from the weights of this file, or from published ones by their name; the classifier is kept where its classes have the same names, and starts fresh otherwise." };
        var output = new Option<string?>("--output") { Description = "Folder of the run; default: runs/<time>-<arch>." };
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the training pictures." }.AtLeastOne();
        var iterations = new Option<int?>("--iterations") { Description = "Mini-batches, instead of epochs." }.AtLeastOne();
        var batchSize = new Option<int?>("--batch-size") { Description = "Pictures in a mini-batch." }.AtLeastOne();
        var learningRate = new Option<double?>("--learning-rate") { Description = "Learning rate before the schedule's factor." };
        var microBatchSize = new Option<int?>("--micro-batch-size") { Description = "Pictures that go through the network at once; gradients add up to the mini-batch." }.AtLeastOne();
        var checkpoints = new Option<int?>("--checkpoint-iterations") { Description = "Iterations from one checkpoint to the next; there is one every five minutes and after each epoch as well." }.AtLeastOne();
        var precision = CommonOptions.Precision();
        var seed = new Option<int>("--seed") { Description = "Draws weights, order and augmentation.", DefaultValueFactory = _ => 0 };
        var workers = new Option<int?>("--workers") { Description = "Threads that read pictures." }.AtLeastOne();
        var validation = new Option<double>("--validation-split") { Description = "Share of a folder's training pictures held out to choose the best weights by.", DefaultValueFactory = _ => 0.1 };
        var validationFolder = CommonOptions.ValidationFolder();
        var testFolder = CommonOptions.TestFolder();
        var normalization = CommonOptions.Normalization();
        var noFingerprint = CommonOptions.NoFingerprint("The weights do not carry");
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        Option[] ofRun = [recipe, weights, output, batchSize, microBatchSize, learningRate, precision, checkpoints, seed, validation, validationFolder, testFolder, normalization, noFingerprint, device];
        foreach (Option option in (Option[])[data, resume, epochs, iterations, .. ofRun, workers, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(resume) is { } folder)
            {
                string[] changed = [.. ofRun.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
                if (architecture.AnyGiven(parsed) || changed.Length > 0)
                {
                    throw new UsageException(
                        $"--resume goes on with a run as it was begun, so {(changed.Length > 0 ? string.Join(", ", changed) : "the network")} cannot be given; besides it, only "
                        + "--epochs or --iterations (another length in all), --workers, --json and --data (where the pictures have moved to) can.");
                }

                var begun = TrainRequest.Read(folder);
                if (parsed.GetValue(epochs) is not null || parsed.GetValue(iterations) is not null)
                {
                    begun = begun.WithLength(parsed.GetValue(epochs), parsed.GetValue(iterations));
                }

                return Finish(parsed, begun with
                {
                    Data = parsed.GetResult(data) is { Implicit: false } ? TrainingData.Place(parsed.GetValue(data)!) : begun.Data,
                    WorkerCount = parsed.GetValue(workers) ?? begun.WorkerCount,
                });
            }

            string? name = architecture.Name(parsed);
            if (architecture.ClassesGiven(parsed))
            {
                throw new UsageException("--classes follows from the pictures when training; leave it out.");
            }

            if (parsed.GetValue(validation) is < 0 or >= 1)
            {
                throw new UsageException($"--validation-split is {parsed.GetValue(validation)}; it must be at least 0 and below 1.");
            }

            string? chooses = parsed.GetValue(validationFolder) ?? TrainingFolders.FindValidation(parsed.GetValue(data)!, parsed.GetValue(testFolder));
            if (chooses is not null && parsed.GetResult(validation) is { Implicit: false })
            {
                throw new UsageException($"--validation-split holds out training pictures, but here those in '{chooses}' choose the best weights. Leave --validation-split out.");
            }

            var start = parsed.GetValue(weights) is not { } file ? null : ModelSource.Open(
                file, architecture, parsed, CommonOptions.ReadNormalization(parsed.GetValue(normalization)), StateDictReadOptions.Default, new PretrainedFile(terminal, stop));
            string fallback = parsed.GetValue(data) == TrainingData.BuiltIn ? "resnet20-cifar" : "resnet18";
            var request = new TrainRequest
            {
                Data = TrainingData.Place(parsed.GetValue(data)!),
                NetworkName = name ?? (start is null ? fallback : $"resnet{start.Options.Depth}"),
                Network = start?.Options ?? architecture.Read(parsed, name ?? fallback),
                Recipe = parsed.GetValue(recipe),
                Weights = start is null ? null : Path.GetFullPath(start.Path),
                WeightsPreprocessing = start?.Preprocessing,
                WeightsLabels = start?.Labels,
                InitialFingerprint = start?.FingerprintOfRun,
                SaveFingerprint = !parsed.GetValue(noFingerprint),
                Output = parsed.GetValue(output),
                Epochs = parsed.GetValue(epochs),
                Iterations = parsed.GetValue(iterations),
                BatchSize = parsed.GetValue(batchSize),
                LearningRate = parsed.GetValue(learningRate),
                Seed = parsed.GetValue(seed),
                WorkerCount = parsed.GetValue(workers),
                ValidationShare = parsed.GetValue(validation),
                ValidationFolder = chooses,
                TestFolder = parsed.GetValue(testFolder),
                Normalization = parsed.GetValue(normalization),
                Precision = CommonOptions.ReadPrecision(parsed.GetValue(precision)),
                MicroBatchSize = parsed.GetValue(microBatchSize),
                CheckpointIterations = parsed.GetValue(checkpoints),
                Device = parsed.GetValue(device)!,
            };
            return Finish(parsed, request);
        });
        return command;

        int Finish(ParseResult parsed, TrainRequest request)
        {
            var outcome = new TrainSession(request, terminal.Talk(parsed.GetValue(json))).Run(stop);
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(ToJson(outcome));
            }

            return ExitCode.Done;
        }
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

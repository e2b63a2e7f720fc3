namespace ResNet.Core.Tests.Architecture;

/// <summary>The arrows between the rooms, read from the source: data takes one direction.</summary>
public sealed class RoomTests
{
    private const string Model = "ResNetModel";

    /// <summary>Rooms of ResNet.Core and the rooms they may open; the root's options, enums and files are open to all but Runtime.</summary>
    private static readonly Dictionary<string, string[]> CoreArrows = new()
    {
        [string.Empty] = [],
        [Model] = ["Blocks", "Compilation", "Graph", "Layers", "Runtime"],
        ["Analysis"] = [Model, "Layers", "Runtime"],
        ["Blocks"] = ["Graph", "Layers", "Runtime", "Shortcuts"],
        ["Compilation"] = ["Downloading", "Graph", "Layers", "Runtime"],
        ["Downloading"] = [],
        ["Graph"] = [],
        ["Imaging"] = ["Runtime"],
        ["Inference"] = [Model, "Compilation", "Downloading", "Imaging", "Runtime", "Weights"],
        ["Layers"] = [],
        ["Runtime"] = [],
        ["Shortcuts"] = ["Graph", "Layers", "Runtime"],
        ["Weights"] = [Model, "Downloading", "Imaging", "Runtime"],
    };

    /// <summary>Rooms of ResNet.Training that feed the trainer or test what it made, and the rooms they must not know.</summary>
    private static readonly Dictionary<string, string[]> TrainingWalls = new()
    {
        ["Randomness"] = [string.Empty, "Data", "Augmentation", "Loading", "Schedules", "Checkpoints", "Evaluation", "Reporting", "Robustness"],
        ["Data"] = [string.Empty, "Augmentation", "Loading", "Schedules", "Checkpoints", "Evaluation", "Reporting", "Robustness"],
        ["Augmentation"] = [string.Empty, "Loading", "Schedules", "Checkpoints", "Evaluation", "Reporting", "Robustness"],
        ["Loading"] = [string.Empty, "Schedules", "Checkpoints", "Evaluation", "Reporting", "Robustness"],
        ["Schedules"] = [string.Empty, "Data", "Augmentation", "Loading", "Checkpoints", "Evaluation", "Reporting", "Robustness"],
        ["Leakage"] = [string.Empty, "Augmentation", "Loading", "Schedules", "Checkpoints", "Evaluation", "Reporting", "Robustness"],
        ["Evaluation"] = ["Reporting", "Robustness"],
        ["Robustness"] = [string.Empty, "Schedules", "Checkpoints", "Reporting"],
    };

    /// <summary>A type that is also the name of an option; whoever makes one names its CorruptionKind too.</summary>
    private static readonly string[] OptionNames = ["Corruption"];

    [Fact]
    public void Rooms_depend_one_way_only()
    {
        var files = SourceFile.Of("ResNet.Core");
        var faults = new List<string>();
        foreach (var file in files)
        {
            foreach (string room in CoreArrows.Keys.Where(room => room.Length > 0 && room != RoomOf(file)))
            {
                bool uses = room == Model ? file.Names(Model) : file.Opens(room);
                if (uses && !CoreArrows[RoomOf(file)].Contains(room))
                {
                    faults.Add($"{file.Path} knows {room}");
                }
            }
        }

        faults.Should().BeEmpty();
        files.Select(RoomOf).Distinct().Should().BeEquivalentTo(CoreArrows.Keys, "a new room needs its arrows here");
    }

    [Fact]
    public void The_arrows_make_no_circle()
    {
        var left = CoreArrows.ToDictionary(pair => pair.Key, pair => pair.Value.ToHashSet());
        while (left.Where(pair => !pair.Value.Overlaps(left.Keys)).Select(pair => pair.Key).ToList() is { Count: > 0 } free)
        {
            free.ForEach(room => left.Remove(room));
        }

        left.Keys.Should().BeEmpty();
    }

    [Fact]
    public void Runtime_knows_nothing_but_itself()
    {
        var files = SourceFile.Of("ResNet.Core");
        var rootTypes = files.Where(file => file.Room.Length == 0).SelectMany(file => file.TopLevelTypes).ToHashSet();
        var faults = files.Where(file => file.Room == "Runtime").SelectMany(file => rootTypes.Where(file.Names).Select(type => $"{file.Path} knows {type}"));
        faults.Should().BeEmpty();
    }

    [Fact]
    public void What_feeds_the_trainer_knows_nothing_of_it()
    {
        var files = SourceFile.Of("ResNet.Training");
        var faults = new List<string>();
        foreach (var file in files.Where(file => TrainingWalls.ContainsKey(file.Room)))
        {
            var forbidden = files.Where(other => TrainingWalls[file.Room].Contains(other.Room)).SelectMany(other => other.TopLevelTypes).Distinct().Except(OptionNames);
            faults.AddRange(forbidden.Where(file.Names).Select(type => $"{file.Path} knows {type}"));
        }

        faults.Should().BeEmpty();
        files.Should().Contain(file => file.Room == "Data").And.Contain(file => file.Room == "Loading");
    }

    [Fact]
    public void The_core_does_not_know_the_packages_that_stand_on_it() =>
        SourceFile.Of("ResNet.Core").Where(file => file.Opens("Training") || file.Opens("DependencyInjection") || file.Opens("Onnx") || file.Opens("Cli") || file.Names("Console")).Select(file => file.Path).Should().BeEmpty();

    private static string RoomOf(SourceFile file) => file.Room.Length == 0 && file.Name.StartsWith(Model, StringComparison.Ordinal) ? Model : file.Room;
}

using ResNet.TestSupport.Checkpoints;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.TestSupport.Mutants;

/// <summary>The small good files that come with the project, and those of the reference data where it is there.</summary>
public static class Seeds
{
    private static readonly string[] Extensions = [".pth", ".pt", ".th", ".bin", ".safetensors"];

    /// <summary>Files of all formats, made here.</summary>
    public static IReadOnlyList<Seed> Own { get; } =
    [
        new("zip", CheckpointBytes.Zip().ToArray()),
        new("zip without zip64", CheckpointBytes.Zip(zip => zip.End.Zip64 = false)),
        new("zip nested", CheckpointBytes.Zip(Nested()).ToArray()),
        new("legacy", new LegacyBytes().ToArray()),
        new("safetensors", SafeTensors()),
        .. DescribedSeeds.All,
    ];

    /// <summary>Own files and the small ones of a folder.</summary>
    public static IReadOnlyList<Seed> WithFolder(string folder) =>
    [
        .. Own,
        .. new DirectoryInfo(folder).EnumerateFiles()
            .Where(file => file.Length <= Seed.Largest && Extensions.Contains(file.Extension, StringComparer.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new Seed(file.Name, File.ReadAllBytes(file.FullName))),
    ];

    /// <summary>A training script's checkpoint: the state dictionary, a number, a text and an optimiser's lists beside it.</summary>
    private static byte[] Nested()
    {
        var pickle = PickleBytes.Protocol().Op(PickleOp.EmptyDict).Put(0).Op(PickleOp.Mark).Text("epoch").Put(1).Number(90)
            .Text("model").OrderedDict().Put(2).Op(PickleOp.Mark);
        foreach (var (name, tensor) in CheckpointPickle.Good)
        {
            pickle.Text("module." + name);
            tensor.WriteTo(pickle);
        }

        return pickle.Op(PickleOp.SetItems)
            .Op(PickleOp.EmptyDict).Text("_metadata").OrderedDict().Op(PickleOp.SetItem).Op(PickleOp.Build)
            .Text("optimizer").Op(PickleOp.EmptyDict).Text("lr").Op(PickleOp.BinFloat, 0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a).Op(PickleOp.SetItem)
            .Text("steps").Op(PickleOp.EmptyList).Op(PickleOp.Mark).Number(1).Number(70_000).Number(-1).Op(PickleOp.Appends)
            .Text("arch").Text("resnet20").Op(PickleOp.SetItems).Stop();
    }

    private static byte[] SafeTensors()
    {
        using var scope = torch.NewDisposeScope();
        using var stream = new MemoryStream();
        SafeTensorsWriter.Write(
            stream,
            new Dictionary<string, Tensor>(StringComparer.Ordinal)
            {
                ["weight"] = torch.arange(6, torch.float32).reshape(2, 3),
                ["count"] = torch.tensor(new long[] { 7, 8 }),
                ["mask"] = torch.tensor(new[] { true, false, true }),
            },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["arch"] = "resnet20" });
        return stream.ToArray();
    }
}

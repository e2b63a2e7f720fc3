using System.Formats.Tar;
using ResNet.Imaging;
using ResNet.TestSupport.Checkpoints;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.TestSupport.Mutants;

/// <summary>Good files that say which network they hold, and folders of several files.</summary>
internal static class DescribedSeeds
{
    private const string Config = """
        {"architecture":"resnet18","num_classes":3,"num_features":512,"global_pool":"avg","model_args":{"in_chans":3,"zero_init_last":true},
        "pretrained_cfg":{"tag":"a1_in1k","input_size":[3,224,224],"fixed_input_size":false,"interpolation":"bicubic","crop_pct":0.95,"crop_mode":"center",
        "mean":[0.485,0.456,0.406],"std":[0.229,0.224,0.225],"num_classes":3},"label_names":["a","b","c"],"label_descriptions":{"a":"cat","b":"dog","c":"\u00e9"}}
        """;

    private const string OldConfig = """
        {"architecture":"resnet50.tv_in1k","num_classes":3,"input_size":[3,224,224],"crop_pct":0.875,"interpolation":"bilinear",
        "mean":[0.5,0.5,0.5],"std":[0.5,0.5,0.5],"id2label":{"0":"x","1":"y","2":"z"}}
        """;

    private const string Index = """
        {"metadata":{"total_size":44},"weight_map":{"weight":"model-1.safetensors","count":"model-2.safetensors","mask":"model-2.safetensors"}}
        """;

    private static readonly ResNetOptions Basic = new()
    {
        Block = BlockKind.Basic,
        BlocksPerStage = [1, 1],
        Stem = StemKind.Cifar,
        BaseWidth = 2,
        Shortcut = ShortcutOption.A,
        ClassCount = 3,
    };

    private static readonly ResNetOptions Grouped = Basic with { Block = BlockKind.Bottleneck, Groups = 2, WidthPerGroup = 32, Shortcut = ShortcutOption.C, PreActivation = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Seed> All { get; } = Make();

    private static List<Seed> Make()
    {
        using var folder = new TemporaryFolder();
        byte[] safetensors = Write(folder.PathTo("a.safetensors"));
        byte[] zip = Write(folder.PathTo("a.pth"));
        byte[] grouped = Write(folder.PathTo("b.safetensors"), Grouped);
        var shards = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["model-1.safetensors"] = Shard(("weight", torch.arange(6, torch.float32).reshape(2, 3))),
            ["model-2.safetensors"] = Shard(("count", torch.tensor(new long[] { 7, 8 })), ("mask", torch.tensor(new[] { true, false, true }))),
        };
        var weights = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["model.safetensors"] = safetensors };
        return
        [
            new("described safetensors", safetensors) { FileName = "a.safetensors" },
            new("described zip", zip) { FileName = "a.pth" },
            new("described safetensors of groups", grouped) { FileName = "b.safetensors" },
            new("timm's configuration", System.Text.Encoding.UTF8.GetBytes(Config)) { FileName = "config.json", Beside = weights },
            new("timm's older configuration", System.Text.Encoding.UTF8.GetBytes(OldConfig)) { FileName = "config.json", Beside = weights },
            new("index of shards", System.Text.Encoding.UTF8.GetBytes(Index)) { FileName = "model.safetensors.index.json", Beside = shards },
            new("zip padded with zeros", [.. CheckpointBytes.Zip().ToArray(), .. new byte[300]]),
            new("legacy padded with zeros", [.. new LegacyBytes().ToArray(), .. new byte[300]]),
            new("tar", Tar(CheckpointBytes.Zip().ToArray())),
        ];
    }

    private static byte[] Write(string path, ResNetOptions? network = null)
    {
        using var scope = torch.NewDisposeScope();
        var options = network ?? Basic;
        using var model = new ResNetModel(options);
        var preprocessing = Preprocessing.Cifar10 with
        {
            Normalization = Normalization.Cifar10 with { PixelMean = new PixelMean(2, 2, new float[12]) },
            CropSize = 2,
            Crops = TestCrops.Ten,
        };
        model.SaveWeights(path, new ModelDescription { Options = options, Preprocessing = preprocessing, Labels = new ClassLabels(["cat", "dog", "\u00e9"]) });
        return File.ReadAllBytes(path);
    }

    private static byte[] Shard(params (string Name, Tensor Tensor)[] tensors)
    {
        using var stream = new MemoryStream();
        SafeTensorsWriter.Write(stream, tensors.ToDictionary(pair => pair.Name, pair => pair.Tensor, StringComparer.Ordinal));
        Array.ForEach(tensors, pair => pair.Tensor.Dispose());
        return stream.ToArray();
    }

    private static byte[] Tar(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "checkpoint.pth") { DataStream = new MemoryStream(content) });
        }

        return bytes.ToArray();
    }
}

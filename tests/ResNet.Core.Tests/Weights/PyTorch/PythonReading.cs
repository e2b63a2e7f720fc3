using System.Text.Json;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

/// <summary>Files of our writer and what one run of Python makes of them.</summary>
public sealed class PythonReading : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly JsonDocument? _said;

    public PythonReading()
    {
        if (!PythonTorch.Exists)
        {
            return;
        }

        torch.random.manual_seed(7);
        Layouts = EveryLayout();
        PyTorchWriter.Write(_folder.PathTo("layouts.pth"), Layouts, new Dictionary<string, string> { ["note"] = "für uns" });
        using (var model = new ResNetModel(ResNetOptions.ResNet18 with { ClassCount = 37 }))
        {
            model.SaveWeights(_folder.PathTo("resnet18.pth"));
            Network = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        }

        PyTorchWriter.Write(
            _folder.PathTo("many.pth"),
            Enumerable.Range(0, 2001).Select(i => KeyValuePair.Create($"layer.{i}.weight", torch.full([i % 4, 2], i))));

        _said = JsonDocument.Parse(PythonTorch.Run(Repository.PathTo("tests", "ResNet.Core.Tests", "Weights", "Data", "read_state_dicts.py"), _folder.Root));
    }

    public IReadOnlyList<KeyValuePair<string, Tensor>> Layouts { get; } = [];

    public IReadOnlyDictionary<string, Tensor> Network { get; } = new Dictionary<string, Tensor>();

    public JsonElement Said => _said?.RootElement ?? throw new InvalidOperationException(PythonTorch.WhySkipped);

    public void Dispose()
    {
        _said?.Dispose();
        _scope.Dispose();
        _folder.Dispose();
    }

    private static List<KeyValuePair<string, Tensor>> EveryLayout()
    {
        torch.ScalarType[] types =
        [
            torch.ScalarType.Float64, torch.ScalarType.Float32, torch.ScalarType.Float16, torch.ScalarType.BFloat16, torch.ScalarType.Int64,
            torch.ScalarType.Int32, torch.ScalarType.Int16, torch.ScalarType.Int8, torch.ScalarType.Byte, torch.ScalarType.Bool,
            torch.ScalarType.ComplexFloat32, torch.ScalarType.ComplexFloat64,
        ];
        var tensors = types.Select(type => KeyValuePair.Create($"type.{type}", (torch.randn(3, 5) * 50).abs().to(type))).ToList();
        var whole = torch.arange(24, torch.ScalarType.Float32).reshape(4, 6);
        var complex = torch.randn(6, dtype: torch.ScalarType.ComplexFloat32);
        tensors.AddRange(
        [
            new("whole", whole),
            new("tied", whole),
            new("transposed", whole.t()),
            new("slice", whole[torch.TensorIndex.Slice(1, 3)]),
            new("column", whole[torch.TensorIndex.Ellipsis, torch.TensorIndex.Single(2)]),
            new("broadcast", torch.ones(1).expand(5, 7)),
            new("channels.last", torch.randn(2, 3, 4, 5).permute(0, 2, 3, 1)),
            new("five.dimensions", torch.randn([1, 2, 3, 2, 2])),
            new("scalar", torch.tensor(12345678901L)),
            new("empty", torch.zeros(0, 3)),
            new("conjugate", complex.conj()),
            new("parameter", torch.nn.Parameter(torch.randn(300))),
            new("Gewicht ü 重み \U0001F9E0 \" \\ /", torch.ones(2)),
            new(string.Empty, torch.ones(1)),
        ]);
        return tensors;
    }
}

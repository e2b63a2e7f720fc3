using System.Security.Cryptography;
using System.Text.Json;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

/// <summary>Python's torch.load reads what the writer writes.</summary>
public sealed class PythonReadingTests(PythonReading reading) : IClassFixture<PythonReading>
{
    [SkippableTheory]
    [InlineData("layouts")]
    [InlineData("careful")]
    public void Python_reads_every_type_layout_and_name(string how)
    {
        Skip.IfNot(PythonTorch.Exists, PythonTorch.WhySkipped);

        reading.Said.GetProperty("type").GetString().Should().Be("OrderedDict");
        ShouldBe(reading.Said.GetProperty(how), reading.Layouts);
    }

    [SkippableFact]
    public void Tensors_that_share_their_values_share_them_in_Python()
    {
        Skip.IfNot(PythonTorch.Exists, PythonTorch.WhySkipped);
        reading.Said.GetProperty("tied").GetBoolean().Should().BeTrue();
    }

    [SkippableFact]
    public void Torchvision_loads_a_network_strictly()
    {
        Skip.IfNot(PythonTorch.Exists, PythonTorch.WhySkipped);

        reading.Said.GetProperty("missing").GetArrayLength().Should().Be(0);
        reading.Network.Should().HaveCount(122);
        var said = reading.Said.GetProperty("resnet18").EnumerateArray().ToDictionary(tensor => tensor.GetProperty("name").GetString()!);
        said.Keys.Should().BeEquivalentTo(reading.Network.Keys);
        foreach (var (name, tensor) in reading.Network)
        {
            said[name].GetProperty("sha256").GetString().Should().Be(Hash(tensor), name);
        }
    }

    [SkippableFact]
    public void The_pickle_is_the_one_that_Python_writes()
    {
        Skip.IfNot(PythonTorch.Exists, PythonTorch.WhySkipped);
        reading.Said.GetProperty("samePickle").GetBoolean().Should().BeTrue();
    }

    [SkippableFact]
    public void Every_part_has_its_sum()
    {
        Skip.IfNot(PythonTorch.Exists, PythonTorch.WhySkipped);
        reading.Said.GetProperty("faultyParts").EnumerateArray().Select(part => part.ValueKind).Should().HaveCount(3).And.OnlyContain(kind => kind == JsonValueKind.Null);
    }

    private static void ShouldBe(JsonElement said, IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        var read = said.EnumerateArray().ToList();
        read.Select(tensor => tensor.GetProperty("name").GetString()).Should().Equal(tensors.Select(pair => pair.Key));
        foreach (var (tensor, (name, expected)) in read.Zip(tensors))
        {
            tensor.GetProperty("type").GetString().Should().Be(PythonName(expected.dtype), name);
            tensor.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64()).Should().Equal(expected.shape, name);
            tensor.GetProperty("contiguous").GetBoolean().Should().BeTrue(name);
            tensor.GetProperty("requiresGrad").GetBoolean().Should().BeFalse(name);
            tensor.GetProperty("sha256").GetString().Should().Be(Hash(expected), name);
        }
    }

    private static string Hash(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        var plain = tensor.detach().contiguous().resolve_conj();
        return Convert.ToHexString(SHA256.HashData(plain.numel() == 0 ? [] : plain.bytes.ToArray()));
    }

    private static string PythonName(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte => "torch.uint8",
        torch.ScalarType.ComplexFloat32 => "torch.complex64",
        torch.ScalarType.ComplexFloat64 => "torch.complex128",
        _ => $"torch.{type.ToString().ToLowerInvariant()}",
    };
}

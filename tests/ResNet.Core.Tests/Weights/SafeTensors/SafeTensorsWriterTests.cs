using System.Buffers.Binary;
using System.Text;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public class SafeTensorsWriterTests
{
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        using var scope = torch.NewDisposeScope();
        using var stream = new MemoryStream();
        SafeTensorsWriter.Write(
            stream,
            new Dictionary<string, Tensor>
            {
                ["b"] = torch.tensor(new byte[] { 7 }),
                ["a"] = torch.tensor(new[] { 1f, 2f }).reshape(2, 1),
                ["count"] = torch.tensor(12345678901L),
            },
            new Dictionary<string, string> { ["note"] = "ö\"" });

        byte[] file = stream.ToArray();
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        Encoding.UTF8.GetString(file, 8, headerLength).TrimEnd(' ').Should().Be(
            """
            {"__metadata__":{"format":"pt","note":"ö\""},"count":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},"b":{"dtype":"U8","shape":[1],"data_offsets":[16,17]}}
            """);
        (headerLength % 8).Should().Be(0);
        Convert.ToHexString(file.AsSpan(8 + headerLength)).Should().Be("351CDCDF020000000000803F0000004007");
    }

    [Fact]
    public void Views_are_written_by_their_values()
    {
        using var scope = torch.NewDisposeScope();
        using var stream = new MemoryStream();
        var whole = torch.arange(24, torch.ScalarType.Float32).reshape(4, 6);
        SafeTensorsWriter.Write(stream, new Dictionary<string, Tensor> { ["transposed"] = whole.t(), ["slice"] = whole[torch.TensorIndex.Slice(1, 3)] });

        stream.Position = 0;
        using var file = StateDictFile.Open(stream);
        file.Read("transposed").Should().HaveEqualValues(whole.t());
        file.Read("slice").Should().HaveEqualValues(whole[torch.TensorIndex.Slice(1, 3)]);
    }

    [Fact]
    public void Writing_leaves_no_tensor()
    {
        using var model = ResNetModel.CifarResNet(20);
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.PathTo("warm.safetensors"));
        LiveTensors.ShouldBeLeftBy(() => model.SaveWeights(folder.PathTo("a.safetensors")), 0);
        LiveTensors.ShouldBeLeftBy(() => model.LoadWeights(folder.PathTo("a.safetensors")), 0);
    }

    [Fact]
    public void Writing_copies_no_tensor_into_managed_memory()
    {
        using var tensor = torch.zeros(10_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        SafeTensorsWriter.Write(Stream.Null, new Dictionary<string, Tensor> { ["a"] = tensor });
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000);
    }

    [Fact]
    public void A_failing_write_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("model.safetensors");
        using var tensor = torch.ones(3);
        SafeTensorsWriter.Write(path, new Dictionary<string, Tensor> { ["a"] = tensor });
        byte[] old = File.ReadAllBytes(path);

        using var longer = torch.ones(5);
        var write = () => AtomicFile.Write(path, stream =>
        {
            var plan = new SafeTensorsPlan(new Dictionary<string, Tensor> { ["a"] = tensor, ["b"] = longer }, metadata: null);
            plan.WriteTo(new FailingStream(stream, 20));
        });

        write.Should().Throw<IOException>().WithMessage("no space left");
        File.ReadAllBytes(path).Should().Equal(old);
        Directory.GetFileSystemEntries(folder.Root).Should().Equal(path);
    }

    [Fact]
    public void What_the_format_cannot_hold_is_refused_before_the_file_is_touched()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        string path = folder.PathTo("model.safetensors");
        var write = (string name, Tensor tensor) => SafeTensorsWriter.Write(path, [new(name, tensor), new("a", tensor)]);

        write.Invoking(w => w("c", torch.zeros(1, torch.ScalarType.ComplexFloat32))).Should().Throw<ArgumentException>()
            .WithMessage("'c' is of type ComplexFloat32, which safetensors files cannot hold; convert it to one of F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL.*");
        write.Invoking(w => w("a", torch.zeros(1))).Should().Throw<ArgumentException>().WithMessage("The name 'a' occurs twice; rename the tensor.*");
        write.Invoking(w => w("__metadata__", torch.zeros(1))).Should().Throw<ArgumentException>().WithMessage("The name '__metadata__' is reserved*");
        Directory.GetFileSystemEntries(folder.Root).Should().BeEmpty();
    }
}

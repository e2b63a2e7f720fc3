using System.Text;
using System.Text.Json;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public class StateDictFileTests
{
    [SkippableTheory]
    [InlineData("layouts.safetensors", "safetensors", null)]
    [InlineData("layouts-zip.pth", "PyTorch zip", null)]
    [InlineData("layouts-legacy.pth", "PyTorch legacy", null)]
    [InlineData("checkpoint-zip.pth", "PyTorch zip", "model")]
    public void Every_type_and_layout_reads_as_PyTorch_wrote_it(string fileName, string format, string? root)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var scope = torch.NewDisposeScope();
        using var file = StateDictFile.Open(Oracle.PathTo("weights", fileName));
        var expected = Oracle.ReadJson("weights", "layouts.json").EnumerateObject().ToList();
        file.Format.Should().Be(format);
        file.Root.Should().Be(root);
        file.Placeholders.Should().BeEmpty();
        file.Metadata.Should().Equal(format == "safetensors" ? new Dictionary<string, string> { ["format"] = "pt" } : []);
        file.Entries.Select(entry => entry.Name).Should().BeEquivalentTo(expected.Select(property => property.Name));
        foreach (var (name, value) in expected.Select(property => (property.Name, property.Value)))
        {
            var entry = file.Find(name)!;
            TypeName(entry.Type).Should().Be(value.GetProperty("dtype").GetString(), name);
            entry.Shape.Should().Equal(value.GetProperty("shape").Deserialize<long[]>(), name);
            double[] values = value.GetProperty("values").Deserialize<double[]>()!;
            Values(file.Read(name).to(torch.ScalarType.Float64)).Should().Equal(values, name);

            var target = torch.full(entry.Shape.ToArray(), 9, torch.ScalarType.Float64);
            file.CopyTo(name, target);
            Values(target).Should().Equal(values, $"{name} converts");
        }
    }

    [Fact]
    public void A_root_is_refused_where_there_is_none()
    {
        using var folder = new TemporaryFolder();
        using var tensor = torch.ones(1);
        SafeTensorsWriter.Write(folder.PathTo("a.safetensors"), new Dictionary<string, Tensor> { ["a"] = tensor });
        var open = () => StateDictFile.Open(folder.PathTo("a.safetensors"), new StateDictReadOptions { Root = "model" });
        open.Should().Throw<WeightsFormatException>().WithMessage("*Root is 'model', but a safetensors file holds one dictionary of tensors only*");
    }

    [Theory]
    [InlineData("\u0080\u0003]q\0.", "this is a pickle, but not one of PyTorch's torch.save; save the weights with torch.save(model.state_dict(), path).")]
    [InlineData("sys_info\0\0\0", "this is a tar archive of PyTorch before 0.2; load it with a PyTorch of today and save it again.")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "this is a pointer of Git LFS instead of the file itself; fetch it with 'git lfs pull'.")]
    [InlineData("\b\b\u0012\apytorch", "this is an ONNX model; this library writes .onnx but does not read it. Take the weights that it was made of (.safetensors or .pth), or run the model in ONNX Runtime.")]
    [InlineData("\b\a:\u00ff\u0001", "this is an ONNX model; this library writes .onnx but does not read it. Take the weights that it was made of (.safetensors or .pth), or run the model in ONNX Runtime.")]
    [InlineData("\n<!DOCTYPE html>", "this is a web page instead of weights, probably an error message saved by a download; look at it in a browser and download again.")]
    [InlineData("\u001f\u008b\b", "this is compressed by gzip; unpack it first, with gzip -d or tar.")]
    [InlineData("BZh9", "this is compressed by bzip2; unpack it first, with bzip2 -d or tar.")]
    [InlineData("\u0089HDF\r\n", "this is an HDF5 file, as Keras writes it; its weights must be converted to safetensors or PyTorch's format first.")]
    [InlineData("\u0093NUMPY\u0001\0", "this is an array of numpy (.npy); its weights must be converted to safetensors or PyTorch's format first.")]
    [InlineData("\u001c\0\0\0TFL3", "this is a model of TensorFlow Lite; its weights must be converted to safetensors or PyTorch's format first.")]
    [InlineData("\b\u0001\u0012\u00f0\u0012", "this is a SavedModel of TensorFlow; its weights must be converted to safetensors or PyTorch's format first.")]
    [InlineData("\u0082\u00a6params\u0081", "this is a checkpoint of Flax (msgpack); its weights must be converted to safetensors or PyTorch's format first.")]
    [InlineData("hello", "this is no file of weights that is known; it begins with 68656C6C6F (\"hello\"). Check that it is whole and the right one.")]
    public void A_foreign_file_is_refused_by_what_it_is(string content, string found)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("model.pth");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
        var open = () => StateDictFile.Open(path);
        open.Should().Throw<WeightsFormatException>().WithMessage($"{path}, byte 0: {found} Formats that are read: safetensors (.safetensors), PyTorch (.pth, .pt), PyTorch before 1.6 (.pth, .th), an index of several files (.safetensors.index.json).")
            .Which.WeightsName.Should().Be(path);
    }

    [Fact]
    public void An_empty_file_a_folder_and_a_missing_file_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        string empty = folder.PathTo("empty.safetensors");
        File.WriteAllBytes(empty, []);
        FluentActions.Invoking(() => StateDictFile.Open(empty)).Should().Throw<WeightsFormatException>()
            .WithMessage($"{empty}, byte 0: the file is empty; copy or download it again.");
        FluentActions.Invoking(() => StateDictFile.Open(folder.Root)).Should().Throw<FileNotFoundException>()
            .WithMessage($"{folder.Root} is a folder, not a file of weights; check the name*");
        FluentActions.Invoking(() => StateDictFile.Open(folder.PathTo("no"))).Should().Throw<FileNotFoundException>().WithMessage("*does not exist*");
        FluentActions.Invoking(() => StateDictFile.Open(Stream.Null)).Should().Throw<WeightsFormatException>().WithMessage("the stream, byte 0: the stream is at its end*");
    }

    [Fact]
    public void A_stream_reads_as_the_file_does()
    {
        using var scope = torch.NewDisposeScope();
        using var file = StateDictFile.Open(Version1FileTests.Path);
        using var stream = new UnseekableStream(File.ReadAllBytes(Version1FileTests.Path));
        using var streamed = StateDictFile.Open(stream, "a pipe");
        streamed.Name.Should().Be("a pipe");
        streamed.Entries.Select(entry => entry.ToString()).Should().Equal(file.Entries.Select(entry => entry.ToString()));
        foreach (var entry in file.Entries)
        {
            streamed.Read(entry.Name).Should().HaveEqualValues(file.Read(entry.Name), entry.Name);
        }
    }

    [Fact]
    public void Tensors_outlive_the_file_and_reads_after_closing_are_refused()
    {
        var file = StateDictFile.Open(Version1FileTests.Path);
        using var tensor = file.Read("fc.weight");
        file.Dispose();
        tensor.shape.Should().Equal(3, 16);
        tensor.sum().item<float>().Should().NotBe(0);
        file.Invoking(f => f.Read("fc.weight")).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void A_wrong_name_or_shape_is_refused()
    {
        using var file = StateDictFile.Open(Version1FileTests.Path);
        using var destination = torch.zeros(3, 17);
        file.Find("fc").Should().BeNull();
        file.Invoking(f => f.CopyTo("fc", destination)).Should().Throw<KeyNotFoundException>()
            .WithMessage($"{Version1FileTests.Path} has no tensor 'fc'; Entries lists the 44 that it has.");
        file.Invoking(f => f.CopyTo("fc.weight", destination)).Should().Throw<ArgumentException>()
            .WithMessage($"'fc.weight' is [3, 16] in {Version1FileTests.Path}, but the destination is [3, 17].*");
    }

    [Fact]
    public void A_view_is_a_destination_too()
    {
        using var scope = torch.NewDisposeScope();
        using var file = StateDictFile.Open(Version1FileTests.Path);
        var transposed = torch.zeros(16, 3).t();
        file.CopyTo("fc.weight", transposed);
        transposed.contiguous().Should().HaveEqualValues(file.Read("fc.weight"));
    }

    [Fact]
    public void Booleans_other_than_0_and_1_are_refused()
    {
        byte[] bytes = SafeTensorsBytes.Of($"{{{SafeTensorsBytes.Tensor("flag", "BOOL", "[2]", "[0,2]")}}}", 2);
        bytes[^1] = 2;
        using var file = StateDictFile.Open(new MemoryStream(bytes), "flags");
        file.Invoking(f => f.Read("flag")).Should().Throw<WeightsFormatException>()
            .WithMessage($"flags, byte {bytes.Length - 1}: tensor 'flag' holds booleans, which must be 0 or 1, but here is 2; the file is damaged.");
    }

    // TorchSharp's accessor refuses an empty tensor.
    private static double[] Values(Tensor tensor) => tensor.numel() == 0 ? [] : tensor.data<double>().ToArray();

    private static string TypeName(torch.ScalarType type) => type == torch.ScalarType.Byte ? "uint8" : type.ToString().ToLowerInvariant();

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        // A pipe gives what it has.
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1000)]);
    }
}

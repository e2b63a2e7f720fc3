using System.IO.Compression;
using System.Text;
using ResNet.Imaging;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public sealed class PyTorchWriterTests
{
    /// <summary>
    /// What Python's torch.save writes as data.pkl of
    /// OrderedDict(weight=torch.zeros(2, 3), count=torch.tensor(5), large=torch.zeros(300, 70000, dtype=torch.uint8)).
    /// </summary>
    private const string PicklePython =
        "gAJjY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcQApUnEBKFgGAAAAd2VpZ2h0cQJjdG9yY2guX3V0aWxzCl9yZWJ1aWxkX3RlbnNvcl92MgpxAygoWAcAAABzdG9yYWdlcQ"
        + "RjdG9yY2gKRmxvYXRTdG9yYWdlCnEFWAEAAAAwcQZYAwAAAGNwdXEHSwZ0cQhRSwBLAksDhnEJSwNLAYZxColoAClScQt0cQxScQ1YBQAAAGNvdW50cQ5oAygoaARjdG9y"
        + "Y2gKTG9uZ1N0b3JhZ2UKcQ9YAQAAADFxEGgHSwF0cRFRSwApKYloAClScRJ0cRNScRRYBQAAAGxhcmdlcRVoAygoaARjdG9yY2gKQnl0ZVN0b3JhZ2UKcRZYAQAAADJxF2"
        + "gHSkBvQAF0cRhRSwBNLAFKcBEBAIZxGUpwEQEASwGGcRqJaAApUnEbdHEcUnEddS4=";

    [Fact]
    public void As_many_tensors_as_are_written_are_read_back_and_more_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var stream = new MemoryStream();
        var many = Enumerable.Range(0, 18_000).Select(i => KeyValuePair.Create($"module.backbone.layer3.{i}.some.rather.long.name.conv1.weight", torch.zeros(1, 1, 1, 1))).ToList();
        PyTorchWriter.Write(stream, many);
        stream.Position = 0;

        using var file = StateDictFile.Open(stream);

        file.Entries.Should().HaveCount(18_000);
        FluentActions.Invoking(() => PyTorchWriter.Write(Stream.Null, many.Append(KeyValuePair.Create("one", torch.zeros(1))))).Should().Throw<ArgumentException>()
            .WithMessage("There are more than 18000 tensors*");
    }

    [Fact]
    public void The_parts_are_those_of_torch_save()
    {
        using var scope = torch.NewDisposeScope();
        using var archive = Write([new("weight", torch.tensor(new[] { 1f, 2f })), new("count", torch.tensor(5L))], new() { ["b"] = "ö\"", ["a"] = "1" });

        archive.Entries.Select(entry => entry.FullName).Should().Equal(
            "archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/data/1", "archive/version", "archive/resnet/a", "archive/resnet/b");
        archive.Entries.Should().OnlyContain(entry => entry.CompressedLength == entry.Length);
        Encoding.UTF8.GetString(Part(archive, "byteorder")).Should().Be("little");
        Encoding.UTF8.GetString(Part(archive, "version")).Should().Be("3\n");
        Encoding.UTF8.GetString(Part(archive, "resnet/b")).Should().Be("ö\"");
        Convert.ToHexString(Part(archive, "data/0")).Should().Be("0000803F00000040");
        Convert.ToHexString(Part(archive, "data/1")).Should().Be("0500000000000000");
    }

    [Fact]
    public void The_pickle_is_that_of_torch_save()
    {
        using var scope = torch.NewDisposeScope();
        using var archive = Write([new("weight", torch.zeros(2, 3)), new("count", torch.tensor(5L)), new("large", torch.zeros(300, 70_000, dtype: torch.uint8))]);

        Convert.ToBase64String(Part(archive, "data.pkl")).Should().Be(PicklePython);
    }

    [Fact]
    public void Numbers_beyond_32_bits_are_written_as_Python_does()
    {
        var pickle = new PickleWriter();
        foreach (long value in new[] { -1L, 2147483647, 2147483648, -2147483649, 255L << 32, long.MaxValue })
        {
            pickle.Integer(value);
        }

        Convert.ToHexString(pickle.Stop().Span).Should().Be(
            "8002" + "4AFFFFFFFF" + "4AFFFFFF7F" + "8A050000008000" + "8A05FFFFFF7FFF" + "8A0600000000FF00" + "8A08FFFFFFFFFFFFFF7F" + "2E");
    }

    [Fact]
    public void Values_begin_at_multiples_of_64()
    {
        using var scope = torch.NewDisposeScope();
        using var stream = new MemoryStream();
        var tensors = Enumerable.Range(1, 5).Select(i => KeyValuePair.Create(new string('n', i * 7), torch.full([16 + i], 0xA0 + i, dtype: torch.uint8)));
        PyTorchWriter.Write(stream, tensors);

        byte[] file = stream.ToArray();
        var starts = Enumerable.Range(1, 5).Select(i => file.AsSpan().IndexOf([.. Enumerable.Repeat((byte)(0xA0 + i), 16 + i)])).ToList();
        starts.Should().HaveCount(5).And.OnlyContain(start => start > 0 && start % 64 == 0);
    }

    [Fact]
    public void Tensors_that_share_their_values_are_written_once()
    {
        using var scope = torch.NewDisposeScope();
        var whole = torch.arange(6, torch.ScalarType.Float32);
        using var archive = Write([new("whole", whole), new("again", whole.alias()), new("reshaped", whole.view(2, 3)), new("part", whole[..3]), new("copy", whole.clone())]);

        archive.Entries.Count(entry => entry.FullName.StartsWith("archive/data/", StringComparison.Ordinal)).Should().Be(3, "whole, part and copy");
    }

    [Fact]
    public void Empty_tensors_are_never_taken_for_one_another()
    {
        // TorchSharp calls all empty tensors equal; among so many, some have the same hash code as well.
        using var scope = torch.NewDisposeScope();
        var empty = Enumerable.Range(0, 18_000).Select(i => KeyValuePair.Create($"empty.{i}", torch.zeros(0, 2))).ToList();
        using var archive = Write(empty);

        archive.Entries.Count(entry => entry.FullName.StartsWith("archive/data/", StringComparison.Ordinal)).Should().Be(18_000);
    }

    [Fact]
    public void A_tensor_under_two_names_is_written_once_however_it_lies()
    {
        using var scope = torch.NewDisposeScope();
        var transposed = torch.arange(6, torch.ScalarType.Float32).view(2, 3).t();
        using var archive = Write([new("one", transposed), new("two", transposed), new("copy", transposed.clone())]);

        archive.Entries.Count(entry => entry.FullName.StartsWith("archive/data/", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes_under_any_name()
    {
        using var folder = new TemporaryFolder();
        using var model = ResNetModel.CifarResNet(8);
        model.SaveWeights(folder.PathTo("one.pth"));
        model.SaveWeights(folder.PathTo("two.pt"));

        File.ReadAllBytes(folder.PathTo("two.pt")).Should().Equal(File.ReadAllBytes(folder.PathTo("one.pth")));
    }

    [Fact]
    public void Writing_copies_no_tensor_into_managed_memory_and_leaves_none()
    {
        using var tensor = torch.zeros(10_000_000);
        using var transposed = torch.zeros(1_000, 1_000).t();
        PyTorchWriter.Write(Stream.Null, new Dictionary<string, Tensor> { ["warm"] = transposed });
        long before = GC.GetAllocatedBytesForCurrentThread();
        LiveTensors.ShouldBeLeftBy(() => PyTorchWriter.Write(Stream.Null, new Dictionary<string, Tensor> { ["a"] = tensor, ["b"] = transposed }), 0);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000);
    }

    [Fact]
    public void What_the_format_cannot_hold_is_refused_before_the_file_is_touched()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        string path = folder.PathTo("model.pth");
        var write = (string name, Tensor tensor) => PyTorchWriter.Write(path, [new(name, tensor), new("a", torch.ones(1))]);

        write.Invoking(w => w("a", torch.zeros(1))).Should().Throw<ArgumentException>().WithMessage("The name 'a' occurs twice; rename the tensor.*");
        write.Invoking(w => w("\ud800", torch.zeros(1))).Should().Throw<ArgumentException>().WithMessage("The name * has half a surrogate pair in it; rename the tensor.*");
        write.Invoking(w => w("s", torch.eye(2).to_sparse())).Should().Throw<ArgumentException>().WithMessage("Tensor 's' is sparse; make it dense with to_dense().*");
        write.Invoking(w => w("m", torch.zeros(2, device: torch.META))).Should().Throw<ArgumentException>().WithMessage("Tensor 'm' is on the meta device and has no values.*");
        Directory.GetFileSystemEntries(folder.Root).Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("a\n")]
    public void A_metadata_key_that_is_no_name_of_a_part_is_refused(string key)
    {
        using var tensor = torch.ones(1);
        var write = () => PyTorchWriter.Write(Stream.Null, new Dictionary<string, Tensor> { ["a"] = tensor }, new Dictionary<string, string> { [key] = "text" });
        write.Should().Throw<ArgumentException>().WithMessage("The metadata key * cannot be the name of a part of a .pth file*");
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var folder = new TemporaryFolder();
        using var model = ResNetModel.CifarResNet(8);
        var description = new ModelDescription { Options = model.Options, Preprocessing = Preprocessing.Cifar10 };
        model.SaveWeights(folder.PathTo("a.pth"), description);

        using var again = ModelFile.Load(folder.PathTo("a.pth"), out var read);
        read.Should().Be(description);
        foreach (var (name, tensor) in model.state_dict())
        {
            again.state_dict()[name].Should().HaveEqualValues(tensor, name);
        }

        using var file = StateDictFile.Open(folder.PathTo("a.pth"));
        file.Format.Should().Be("PyTorch zip");
        file.Entries.Select(entry => entry.Name).Should().Equal(model.state_dict().Keys);
    }

    [Fact]
    public void Values_that_change_while_they_are_written_are_found_out()
    {
        using var scope = torch.NewDisposeScope();
        var tensor = torch.zeros(10);
        using var stream = new NoticingStream(bytes =>
        {
            if (bytes.IndexOf("archive/data/1"u8) >= 0)
            {
                tensor.fill_(1);
            }
        });

        var write = () => PyTorchWriter.Write(stream, new Dictionary<string, Tensor> { ["a"] = torch.ones(1), ["b"] = tensor });
        write.Should().Throw<InvalidOperationException>().WithMessage("The values of 'b' changed while they were written. Save when nothing trains the model.");
    }

    private static ZipArchive Write(IEnumerable<KeyValuePair<string, Tensor>> tensors, Dictionary<string, string>? metadata = null)
    {
        var stream = new MemoryStream();
        PyTorchWriter.Write(stream, tensors, metadata);
        return new ZipArchive(stream, ZipArchiveMode.Read);
    }

    private static byte[] Part(ZipArchive archive, string name)
    {
        using var part = archive.GetEntry("archive/" + name)!.Open();
        using var bytes = new MemoryStream();
        part.CopyTo(bytes);
        return bytes.ToArray();
    }
}

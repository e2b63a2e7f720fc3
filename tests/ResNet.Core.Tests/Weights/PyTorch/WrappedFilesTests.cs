using System.Formats.Tar;
using System.IO.Compression;
using ResNet.TestSupport.Checkpoints;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

/// <summary>Good files that something was appended to, or that lie in an archive: read, or refused by what they are.</summary>
public sealed class WrappedFilesTests
{
    public static TheoryData<string, int> Padded => new()
    {
        { "zip", 1 }, { "zip", 512 }, { "zip", 200_000 }, { "zip32", 300 }, { "zip with a comment", 0 }, { "zip with a comment", 70_000 }, { "legacy", 1 }, { "legacy", 4096 },
    };

    [Theory]
    [MemberData(nameof(Padded))]
    public void A_checkpoint_with_zeros_behind_it_is_read(string kind, int zeros)
    {
        byte[] bytes = kind switch
        {
            "legacy" => new LegacyBytes().ToArray(),
            "zip32" => CheckpointBytes.Zip(zip => zip.End.Zip64 = false),
            "zip with a comment" => CheckpointBytes.Zip(zip => zip.End.Comment = "of a friend"u8.ToArray()),
            _ => CheckpointBytes.Zip().ToArray(),
        };

        var probe = Probe.Of([.. bytes, .. new byte[zeros]], kind);

        probe.Refusal.Should().BeNull();
        probe.Names.Should().Equal("weight", "count");
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("legacy")]
    public void A_checkpoint_with_something_else_behind_it_is_refused(string kind)
    {
        byte[] bytes = kind == "zip" ? CheckpointBytes.Zip().ToArray() : new LegacyBytes().ToArray();

        Probe.Of([.. bytes, .. new byte[100], 7], kind).Refusal.Should().BeOfType<WeightsFormatException>();
    }

    [Fact]
    public void Safetensors_with_zeros_behind_them_are_refused_with_the_length_that_is_right()
    {
        using var tensor = torch.ones(4);
        using var stream = new MemoryStream();
        SafeTensorsWriter.Write(stream, new Dictionary<string, Tensor> { ["a"] = tensor });
        long length = stream.Length;
        stream.Write(new byte[512]);

        Probe.Of(stream.ToArray(), "a").Refusal!.Message.Should().Be(
            $"a, byte {length}: 512 bytes after tensor 'a' belong to nothing; they are zeros, as some transfers append them. Cut the file to {length} bytes (truncate -s {length}) or download it again.");
    }

    [Fact]
    public void A_tar_archive_is_refused_by_what_it_is()
    {
        Opening(Tar("checkpoint.pth")).Should().Throw<WeightsFormatException>()
            .WithMessage("*this is a tar archive, and its first entry is 'checkpoint.pth'; unpack it with tar -xf and take the file of weights in it.*");
        Opening(Tar("pickle")).Should().Throw<WeightsFormatException>().WithMessage("*this is a tar archive of PyTorch before 0.2;*");
    }

    [Theory]
    [InlineData("model.weights.h5", "this is a model of Keras (.keras);*")]
    [InlineData("conv1.weight.npy", "this is an archive of numpy (.npz);*")]
    [InlineData("resnet/saved_model.pb", "this is a zip archive of a SavedModel of TensorFlow;*")]
    [InlineData("folder/best.pth", "this is a zip archive with 'folder/best.pth' in it; unpack it with unzip and take that file.*")]
    [InlineData("readme.txt", "this is a zip archive with no entries NAME/data.pkl, where torch.save writes one; check that it is the right file.")]
    public void A_zip_archive_of_others_is_refused_by_what_it_is(string entry, string found)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var content = zip.CreateEntry(entry, CompressionLevel.NoCompression).Open();
            content.Write([1, 2, 3]);
        }

        Opening(stream.ToArray()).Should().Throw<WeightsFormatException>().WithMessage("the stream, byte 0: " + found);
    }

    private static Action Opening(byte[] bytes) => () =>
    {
        using var stream = new MemoryStream(bytes);
        StateDictFile.Open(stream).Dispose();
    };

    private static byte[] Tar(string name)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(CheckpointBytes.Zip().ToArray()) });
        }

        return bytes.ToArray();
    }
}

using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

/// <summary>Indexes that lie, beside two good files: one.safetensors with 'a' and two.safetensors with 'b'.</summary>
public sealed class HostileShardIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _index;

    public HostileShardIndexTests()
    {
        using var scope = torch.NewDisposeScope();
        SafeTensorsWriter.Write(_folder.PathTo("one.safetensors"), new Dictionary<string, Tensor> { ["a"] = torch.ones(2) });
        SafeTensorsWriter.Write(_folder.PathTo("two.safetensors"), new Dictionary<string, Tensor> { ["b"] = torch.ones(2) });
        Directory.CreateDirectory(_folder.PathTo("folder"));
        File.WriteAllText(_folder.PathTo("empty.safetensors"), string.Empty);
        _index = _folder.PathTo("model.safetensors.index.json");
    }

    public static TheoryData<string, string> Indexes => new()
    {
        { """{"weight_map":{"a":"../one.safetensors"}}""", "'../one.safetensors' is no plain file name" },
        { """{"weight_map":{"a":"/etc/passwd"}}""", "'/etc/passwd' is no plain file name" },
        { """{"weight_map":{"a":"folder/one.safetensors"}}""", "'folder/one.safetensors' is no plain file name" },
        { """{"weight_map":{"a":"folder\\one.safetensors"}}""", @"'folder\one.safetensors' is no plain file name" },
        { """{"weight_map":{"a":"C:one.safetensors"}}""", "'C:one.safetensors' is no plain file name" },
        { """{"weight_map":{"a":".."}}""", "'..' is no plain file name" },
        { """{"weight_map":{"a":""}}""", "'' is no plain file name" },
        { """{"weight_map":{"a":"one\u0000.safetensors"}}""", "'one?.safetensors' is no plain file name" },
        { """{"weight_map":{"a":"model.safetensors.index.json"}}""", "so it must be in the safetensors format" },
        { """{"weight_map":{"a":"folder"}}""", "it names folder, which is not in its folder" },
        { """{"weight_map":{"a":"three.safetensors"}}""", "it names three.safetensors, which is not in its folder; download that too." },
        { """{"weight_map":{"a":"empty.safetensors"}}""", "empty.safetensors, byte 0: the file is empty" },
        { """{"weight_map":{"a":"two.safetensors"}}""", "two.safetensors: tensor 'b' is here, but" },
        { """{"weight_map":{"a":"two.safetensors","b":"two.safetensors"}}""", "two.safetensors: tensor 'a' is not here, where" },
        { """{"weight_map":{"a":"one.safetensors","b":"one.safetensors"}}""", "one.safetensors: tensor 'b' is not here, where" },
        { """{"weight_map":{"a":"two.safetensors","b":"one.safetensors"}}""", "says that it lies in one.safetensors" },
        { """{"weight_map":{"a":"one.safetensors","a":"two.safetensors"}}""", "byte 37: as an index of shards it cannot be read: tensor 'a' occurs twice" },
        { """{"weight_map":{"a":"one.safetensors"},"weight_map":{"a":"one.safetensors"}}""", "member 'weight_map' occurs twice" },
        { """{"metadata":{},"metadata":{},"weight_map":{"a":"one.safetensors"}}""", "member 'metadata' occurs twice" },
        { """{"weight_map":{"a":"one.safetensors"},"run":"os.system"}""", "member 'run' occurs twice or is none of an index" },
        { """{"weight_map":{"a":1}}""", "the file of tensor 'a' must be a text" },
        { """{"weight_map":{"a":["one.safetensors"]}}""", "the file of tensor 'a' must be a text" },
        { """{"weight_map":["a"]}""", "'weight_map' must be an object of texts" },
        { """{"weight_map":{}}""", "it has no 'weight_map'" },
        { """{"metadata":{"total_size":8}}""", "it has no 'weight_map'" },
        { "{}", "it has no 'weight_map'" },
        { """{"weight_map":{"a":"one.safetensors"}} and more""", "not the JSON that an index of shards has" },
        { """{"weight_map":{"a":"one.safetensors""", "not the JSON that an index of shards has" },
        { """{"weight_map":{"\ud800":"one.safetensors"}}""", "not the JSON that an index of shards has" },
        { """{"metadata":""" + new string('[', 10_000), "not the JSON that an index of shards has" },
        { """{"weight_map":{"a":"one.safetensors"},"metadata":""" + string.Concat(Enumerable.Repeat("{\"m\":", 10_000)), "not the JSON that an index of shards has" },
        { $$$"""{"weight_map":{"{{{new string('a', 2000)}}}":"one.safetensors"}}""", "a name has 2000 bytes; at most 1024 are read" },
        { $$$"""{"weight_map":{"a":"{{{new string('a', 2000)}}}"}}""", "a name has 2000 bytes; at most 255 are read" },
    };

    [Theory]
    [MemberData(nameof(Indexes))]
    public void An_index_that_lies_is_refused_with_its_reason(string index, string reason)
    {
        File.WriteAllText(_index, index);

        var fault = Refused(1 << 20);
        fault.Message.Should().StartWith(_folder.Root).And.Contain(reason);
        fault.Message.Length.Should().BeLessThan(1000);
    }

    [Fact]
    public void Headers_of_many_shards_have_one_bound_together()
    {
        // Each header alone is allowed; a thousand of them would not be.
        using var tensor = torch.ones(1);
        var metadata = new Dictionary<string, string> { ["text"] = new('x', 3 << 20) };
        var map = new List<(string, string)>();
        foreach (string name in new[] { "a", "b", "c" })
        {
            SafeTensorsWriter.Write(_folder.PathTo(name + ".safetensors"), new Dictionary<string, Tensor> { [name] = tensor }, metadata);
            map.Add((name, name + ".safetensors"));
        }

        string index = ShardedFiles.WriteIndex(_folder.Root, [.. map]);
        FluentActions.Invoking(() => StateDictFile.Open(index)).Should().Throw<WeightsFormatException>().WithMessage("*the headers of the files that*more than 8388608 bytes*");
    }

    [Fact]
    public void A_shard_of_another_format_is_refused()
    {
        using var tensor = torch.ones(1);
        PyTorchWriter.Write(_folder.PathTo("a.bin"), new Dictionary<string, Tensor> { ["a"] = tensor });
        string index = ShardedFiles.WriteIndex(_folder.Root, ("a", "a.bin"));
        FluentActions.Invoking(() => StateDictFile.Open(index)).Should().Throw<WeightsFormatException>().WithMessage("*must be in the safetensors format*");
    }

    [Fact]
    public void Large_indexes_allocate_little()
    {
        string Map(int tensors, Func<int, string> shard) => string.Join(',', Enumerable.Range(0, tensors).Select(i => $"\"{i}\":\"{shard(i)}\""));
        File.WriteAllText(_index, $$$"""{"weight_map":{{{{Map(100_001, _ => "one.safetensors")}}}}}""");
        Refused(64 << 20).Message.Should().Contain("more than 100000 tensors");
        File.WriteAllText(_index, $$$"""{"weight_map":{{{{Map(100_000, i => $"{i}.safetensors")}}}}}""");
        Refused(64 << 20).Message.Should().Contain("more than 1000 files");
        File.WriteAllText(_index, "{" + new string(' ', 20_000_000) + "}");
        Refused(1 << 20).Message.Should().Contain("has 20000002 bytes; at most 16777216 are read");
    }

    [Fact]
    public void A_file_cut_off_is_named()
    {
        File.WriteAllText(_index, """{"weight_map":{"a":"one.safetensors","b":"two.safetensors"}}""");
        byte[] whole = File.ReadAllBytes(_folder.PathTo("two.safetensors"));
        File.WriteAllBytes(_folder.PathTo("two.safetensors"), whole[..^1]);

        Refused(1 << 20).WeightsName.Should().Be(_folder.PathTo("two.safetensors"));
    }

    public void Dispose() => _folder.Dispose();

    private WeightsFormatException Refused(long most)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        WeightsFormatException? fault = null;
        try
        {
            StateDictFile.Open(_index).Dispose();
        }
        catch (WeightsFormatException caught)
        {
            fault = caught;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(most);
        fault.Should().NotBeNull();
        return fault!;
    }
}

using System.Globalization;
using System.Text;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

public class HostileSafeTensorsTests
{
    private const long SmallAllocation = 1 << 20;
    private const long LargeAllocation = 64 << 20;

    private static readonly string Good = SafeTensorsBytes.Tensor("a", "F32", "[2]", "[0,8]");

    public static TheoryData<string, string, int, string> SmallFiles => new()
    {
        { "negative dimension", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[-2]", "[0,8]")), 8, "shape of tensor 'a' must hold whole numbers" },
        { "fraction", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[2.5]", "[0,8]")), 8, "shape of tensor 'a' must hold whole numbers" },
        { "dimension beyond 64 bits", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[99999999999999999999]", "[0,8]")), 8, "must hold whole numbers" },
        { "product beyond 64 bits", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[4294967296,4294967296]", "[0,0]")), 0, "does not take the 0 bytes" },
        { "bytes beyond 64 bits", Wrap(SafeTensorsBytes.Tensor("a", "F64", "[2305843009213693952]", "[0,0]")), 0, "does not take the 0 bytes" },
        { "product beyond 64 bits beside a zero", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[0,4294967296,4294967296]", "[0,0]")), 0, "does not take the 0 bytes" },
        { "shape larger than range", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[3]", "[0,8]")), 8, "shape [3] does not take the 8 bytes" },
        { "shape smaller than range", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[1]", "[0,8]")), 8, "shape [1] does not take the 8 bytes" },
        { "too many dimensions", Wrap(SafeTensorsBytes.Tensor("a", "F32", $"[{Ones(17)}]", "[0,4]")), 4, "more than 16 numbers" },
        { "overlap", Wrap(Good, SafeTensorsBytes.Tensor("b", "F32", "[2]", "[4,12]")), 12, "begins before tensor 'a' ends" },
        { "same range twice", Wrap(Good, SafeTensorsBytes.Tensor("b", "F32", "[2]", "[0,8]")), 8, "begins before tensor 'a' ends" },
        { "gap", Wrap(Good, SafeTensorsBytes.Tensor("b", "F32", "[2]", "[12,20]")), 20, "4 bytes between tensor 'a' and tensor 'b' belong to nothing" },
        { "gap at the start", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[2]", "[4,12]")), 12, "4 bytes between the header and tensor 'a'" },
        { "appended bytes", Wrap(Good), 11, "3 bytes after tensor 'a' belong to nothing" },
        { "offset outside", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[2]", "[0,8]")), 4, "ends at byte 8 of the data, which has only 4" },
        { "huge offset", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[2]", "[9223372036854775799,9223372036854775807]")), 8, "ends at byte 9223372036854775807" },
        { "reversed offsets", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[2]", "[8,0]")), 8, "must be a begin and an end, but are [8, 0]" },
        { "three offsets", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[2]", "[0,8,8]")), 8, "must be a begin and an end" },
        { "negative offset", Wrap(SafeTensorsBytes.Tensor("a", "F32", "[2]", "[-8,0]")), 8, "data_offsets of tensor 'a' must hold whole numbers" },
        { "unknown type", Wrap(SafeTensorsBytes.Tensor("a", "F8_E4M3", "[8]", "[0,8]")), 8, "is of type 'F8_E4M3'; types that are read: F64, F32" },
        { "tensor twice", Wrap(Good, Good), 8, "tensor 'a' occurs twice" },
        { "member twice", """{"a":{"dtype":"F32","dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", 8, "has a member 'dtype' that occurs twice" },
        { "shape twice", """{"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}""", 8, "has a member 'shape' that occurs twice" },
        { "unknown member", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"stride":[1]}}""", 8, "has a member 'stride'" },
        { "no type", """{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "lacks dtype" },
        { "no offsets", """{"a":{"dtype":"F32","shape":[2]}}""", 8, "lacks data_offsets" },
        { "type is a number", """{"a":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype of tensor 'a' must be a text" },
        { "shape is a number", """{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "shape of tensor 'a' must be a list" },
        { "tensor is a list", """{"a":[]}""", 8, "tensor 'a' must be an object" },
        { "metadata twice", """{"__metadata__":{},"__metadata__":{}}""", 0, "'__metadata__' occurs twice" },
        { "metadata key twice", """{"__metadata__":{"k":"1","k":"2"}}""", 0, "metadata 'k' occurs twice" },
        { "metadata of a number", """{"__metadata__":{"k":1}}""", 0, "metadata 'k' must be a text" },
        { "metadata is a text", """{"__metadata__":"k"}""", 0, "must be an object of texts" },
        { "not JSON", "{this is not JSON}", 8, "not the JSON that safetensors files have" },
        { "not closed", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "not the JSON that safetensors files have" },
        { "two objects", "{}{}", 0, "not the JSON that safetensors files have" },
        { "deep lists", """{"a":{"dtype":"F32","shape":""" + new string('[', 10_000), 8, "not the JSON that safetensors files have" },
        { "deep objects", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), 8, "tensor 'a' has a member 'a'" },
        { "a lone surrogate", """{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "not the JSON that safetensors files have" },
        { "a long name", Wrap(SafeTensorsBytes.Tensor(new string('a', 2000), "F32", "[2]", "[0,8]")), 8, "a name has 2000 bytes; at most 1024" },
    };

    [Theory]
    [MemberData(nameof(SmallFiles))]
    public void A_wrong_header_is_refused_with_its_reason(string what, string header, int dataLength, string reason)
    {
        var fault = Refused(SafeTensorsBytes.Of(header, dataLength), SmallAllocation, what);
        fault.Message.Should().Contain(reason);
        fault.Offset.Should().NotBeNull();
    }

    [Theory]
    [InlineData(1000UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData((ulong)long.MaxValue)]
    public void A_header_larger_than_the_file_is_refused(ulong claimed)
    {
        var fault = Refused(SafeTensorsBytes.Of(Wrap(Good), 8, claimed), SmallAllocation, "header length");
        fault.Message.Should().Contain($"byte 0: the header is said to have {claimed} bytes, but only");
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        byte[] header = Encoding.UTF8.GetBytes(Wrap(SafeTensorsBytes.Tensor("?", "F32", "[2]", "[0,8]")));
        header[Array.IndexOf(header, (byte)'?')] = 0xff;
        Refused(SafeTensorsBytes.Of(header, 8), SmallAllocation, "invalid UTF-8").Message.Should().Contain("not the JSON");
    }

    [Fact]
    public void Large_headers_allocate_little()
    {
        string numbers = Ones(5_000_000);
        Refused(SafeTensorsBytes.Of(Wrap(SafeTensorsBytes.Tensor("a", "F32", $"[{numbers}]", "[0,4]")), 4), LargeAllocation, "long shape");
        string metadata = new('m', 20_000_000);
        Refused(SafeTensorsBytes.Of($$$"""{"__metadata__":{"k":"{{{metadata}}}"}}""", 0), LargeAllocation, "long metadata")
            .Message.Should().Contain("the metadata has more than 8388608 bytes");
        Refused(SafeTensorsBytes.Of($$$"""{"{{{metadata}}}":{}}""", 0), LargeAllocation, "long name");
        string many = string.Join(',', Enumerable.Range(0, 100_001).Select(i => SafeTensorsBytes.Tensor(i.ToString(CultureInfo.InvariantCulture), "F32", "[0]", "[0,0]")));
        Refused(SafeTensorsBytes.Of(Wrap(many), 0), LargeAllocation, "many tensors").Message.Should().Contain("more than 100000 tensors");
    }

    [Fact]
    public void Texts_that_are_small_one_by_one_are_bounded_together()
    {
        string metadata = string.Join(',', Enumerable.Range(0, 2_000_000).Select(i => $"\"{i:x}\":\"\""));
        Refused(SafeTensorsBytes.Of($$$"""{"__metadata__":{{{{metadata}}}}}""", 0), LargeAllocation, "many empty texts")
            .Message.Should().Contain("the metadata has more than 8388608 bytes");

        string[] names = [.. Enumerable.Range(0, 50_000).Select(i => SafeTensorsBytes.Tensor($"{i:d8}{new string('a', 1000)}", "F32", "[0]", "[0,0]"))];
        Refused(SafeTensorsBytes.Of(Wrap(names), 0), LargeAllocation, "many long names")
            .Message.Should().Contain("the names of the tensors have more than 8388608 characters");
    }

    [Fact]
    public void A_header_above_the_bound_is_refused_unread()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("large.safetensors");
        using (var file = File.Create(path))
        {
            file.Write(SafeTensorsBytes.Of("{", 0, 100_000_001));
            file.SetLength(100_000_100);
        }

        var open = () => StateDictFile.Open(path);
        open.Should().Throw<WeightsFormatException>()
            .WithMessage($"{path}, byte 0: the header is said to have 100000001 bytes; at most 100000000 are read. The file is damaged or hostile.");
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Version1FileTests.Path);
        var lengths = Enumerable.Range(1, whole.Length / 1024).Select(kilobytes => kilobytes * 1024).Concat([1, 7, 8, 9, 10, 100, whole.Length - 1]);
        foreach (int length in lengths)
        {
            Refused(whole[..length], SmallAllocation, $"the first {length} bytes");
        }
    }

    [Fact]
    public void Mutants_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(1);
        byte[] whole = SafeTensorsBytes.Of(Wrap(Good, SafeTensorsBytes.Tensor("b", "BOOL", "[2,2]", "[8,12]"), "\"__metadata__\":{\"format\":\"pt\"}"), 12);
        int refused = 0;
        for (int i = 0; i < 5_000; i++)
        {
            byte[] mutant = (byte[])whole.Clone();
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            }

            refused += IsRefused(mutant) ? 1 : 0;
        }

        refused.Should().BeInRange(3_000, 4_999, "a change in a value is none of the header");
    }

    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            using var file = StateDictFile.Open(new MemoryStream(bytes), "mutant");
            foreach (var entry in file.Entries)
            {
                file.Read(entry.Name).Dispose();
            }

            return false;
        }
        catch (WeightsFormatException)
        {
            return true;
        }
    }

    private static WeightsFormatException Refused(byte[] bytes, long most, string what)
    {
        using var stream = new MemoryStream(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        WeightsFormatException? fault = null;
        try
        {
            StateDictFile.Open(stream, "hostile.safetensors").Dispose();
        }
        catch (WeightsFormatException caught)
        {
            fault = caught;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(most, what);
        fault.Should().NotBeNull(what);
        fault!.Message.Should().StartWith("hostile.safetensors");
        fault.Message.Length.Should().BeLessThan(1000, "a hostile name must not fill the screen");
        return fault;
    }

    private static string Wrap(params string[] members) => $"{{{string.Join(',', members)}}}";

    private static string Ones(int count) => string.Join(',', Enumerable.Repeat("1", count));
}

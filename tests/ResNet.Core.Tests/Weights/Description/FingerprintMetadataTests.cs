using System.Text.Json.Nodes;
using ResNet.Imaging;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public sealed class FingerprintMetadataTests : IDisposable
{
    private const string Key = "resnet.training_images";
    private readonly TemporaryFolder _folder = new();
    private readonly ResNetModel _model = new(Version1FileTests.Description.Options);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("model.pth")]
    public void Files_of_weights_carry_it(string name)
    {
        var description = Version1FileTests.Description with { Fingerprint = Random(300, 30) };
        _model.SaveWeights(_folder.PathTo(name), description);

        ModelFile.ReadDescription(_folder.PathTo(name)).Should().Be(description);
    }

    [Fact]
    public void Nothing_is_written_without_one()
    {
        DescriptionMetadata.ToMetadata(Version1FileTests.Description).Keys.Should().NotContain(Key);
    }

    [Fact]
    public void However_many_images_there_were_the_text_stays_below_256_KiB()
    {
        var fingerprint = TrainingFingerprint.Of(Hashes(60_000, 1), Hashes(6_000, 2), int.MaxValue);

        var metadata = DescriptionMetadata.ToMetadata(Version1FileTests.Description with { Fingerprint = fingerprint });

        metadata[Key].Length.Should().BeInRange(200_000, 256 << 10);
        var stored = JsonNode.Parse(metadata[Key])!;
        ((int)stored["trained"]!, (int)stored["count"]!).Should().Be((60_000, 50_000));
    }

    [Theory]
    [InlineData("count", "5")]
    [InlineData("count", "-1")]
    [InlineData("count", "2147483647")]
    [InlineData("trained", "-1")]
    [InlineData("bound", "0")]
    [InlineData("bound", "18446744073709551615")]
    [InlineData("of", "[\"names\"]")]
    [InlineData("of", "null")]
    [InlineData("hashes", "\"\"")]
    [InlineData("hashes", "\"no base64!\"")]
    [InlineData("more", "1")]
    public void One_that_cannot_be_read_is_refused(string member, string value)
    {
        var stored = JsonNode.Parse(DescriptionMetadata.ToMetadata(Version1FileTests.Description with { Fingerprint = Random(20, 4) })[Key])!.AsObject();
        stored[member] = JsonNode.Parse(value);

        ShouldBeRefused(stored.ToJsonString());
    }

    [Fact]
    public void One_that_is_too_long_is_refused_unread() => ShouldBeRefused(new string(' ', StoredFingerprint.MaxTextLength + 1));

    private static TrainingFingerprint Random(int trained, int selected) => TrainingFingerprint.Of(Hashes(trained, 1), Hashes(selected, 2));

    private static IEnumerable<ImageHash> Hashes(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new ImageHash(ImageHashKind.File, (ulong)random.NextInt64(long.MaxValue) << 1))];
    }

    private void ShouldBeRefused(string text)
    {
        string path = _folder.PathTo("damaged.safetensors");
        var metadata = new Dictionary<string, string>(DescriptionMetadata.ToMetadata(Version1FileTests.Description)) { [Key] = text };
        using var scope = torch.NewDisposeScope();
        SafeTensorsWriter.Write(path, _model.state_dict().Select(pair => new KeyValuePair<string, Tensor>(pair.Key, pair.Value)), metadata);

        FluentActions.Invoking(() => ModelFile.ReadDescription(path)).Should().Throw<WeightsFormatException>().WithMessage($"{path}: metadata '{Key}' cannot be used: *");
    }
}

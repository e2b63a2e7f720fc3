using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public sealed class WeightsLoadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Another_class_count_says_what_to_do_and_writes_nothing()
    {
        string path = Save(ResNetOptions.Cifar(8), "ten");
        using var model = ResNetModel.CifarResNet(8, 37);
        using var before = model.state_dict()["conv1.weight"].clone();

        var fault = model.Invoking(m => m.LoadWeights(path)).Should().Throw<WeightsMismatchException>().Which;

        fault.Message.Should().Be(
            $"""
            {path} does not fit the model: 2 different, 0 missing, 0 unexpected.
            - fc.bias is [10] in {path} but [37] in the model; pass SkipClassifier or build with ClassCount = 10.
            - fc.weight is [10, 64] in {path} but [37, 64] in the model; pass SkipClassifier or build with ClassCount = 10.
            """);
        fault.WeightsName.Should().Be(path);
        model.state_dict()["conv1.weight"].Should().HaveEqualValues(before);
    }

    [Fact]
    public void SkipClassifier_keeps_the_classifier()
    {
        string path = Save(ResNetOptions.Cifar(8), "ten");
        using var model = ResNetModel.CifarResNet(8, 37);
        using var before = model.state_dict()["fc.weight"].clone();

        var report = model.LoadWeights(path, new WeightsLoadOptions { SkipClassifier = true });

        report.Skipped.Should().BeEquivalentTo(
            [new SkippedWeight("fc.bias", "SkipClassifier was passed."), new SkippedWeight("fc.weight", "SkipClassifier was passed.")]);
        report.Loaded.Should().HaveCount(42).And.NotContain("fc.weight");
        (report.Missing.Count + report.Unexpected.Count + report.Renamed.Count + report.Unverified.Count).Should().Be(0);
        model.state_dict()["fc.weight"].Should().HaveEqualValues(before);
        using var file = StateDictFile.Open(path);
        using var saved = file.Read("conv1.weight");
        model.state_dict()["conv1.weight"].Should().HaveEqualValues(saved);
    }

    [Fact]
    public void Missing_and_unexpected_tensors_are_all_named()
    {
        string path = Strip(Save(ResNetOptions.Cifar(8), "a"), "some", ("bn1.bias", "odd.bias"), ("fc.bias", null));
        using var model = ResNetModel.CifarResNet(8);

        var fault = model.Invoking(m => m.LoadWeights(path)).Should().Throw<WeightsMismatchException>().Which;

        fault.Message.Should().Be(
            $"""
            {path} does not fit the model: 0 different, 2 missing, 1 unexpected.
            - bn1.bias is in the model but not in the file.
            - fc.bias is in the model but not in the file.
            - odd.bias is in the file but not in the model.
            Build the model with the options that the weights were trained with, or pass Strict = false to load what fits.
            """);
        fault.Missing.Should().Equal("bn1.bias", "fc.bias");
        fault.Unexpected.Should().Equal("odd.bias");
    }

    [Fact]
    public void Not_strict_loads_what_fits_and_reports_the_rest()
    {
        string path = Strip(Save(ResNetOptions.Cifar(8), "a"), "some", ("bn1.bias", "odd.bias"));
        using var model = ResNetModel.CifarResNet(8, 37);

        var report = model.LoadWeights(path, new WeightsLoadOptions { Strict = false });

        report.Missing.Should().Equal("bn1.bias");
        report.Unexpected.Should().Equal("odd.bias");
        report.Skipped.Select(skipped => skipped.Name).Should().Equal("fc.bias", "fc.weight");
        report.Loaded.Should().HaveCount(41);
    }

    [Fact]
    public void Where_nothing_fits_not_even_not_strict_passes()
    {
        string path = _folder.PathTo("other.safetensors");
        using var tensor = torch.ones(1);
        SafeTensorsWriter.Write(path, new Dictionary<string, Tensor> { ["encoder.weight"] = tensor });
        using var model = ResNetModel.CifarResNet(8);

        model.Invoking(m => m.LoadWeights(path, new WeightsLoadOptions { Strict = false })).Should().Throw<WeightsMismatchException>()
            .WithMessage($"{path} does not fit the model: 0 different, 37 missing, 1 unexpected.*- … and 17 more.*");
    }

    [Fact]
    public void Batch_counters_are_optional()
    {
        using var source = ResNetModel.CifarResNet(8);
        string path = _folder.PathTo("old.safetensors");
        SafeTensorsWriter.Write(path, source.state_dict().Where(entry => !entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)));
        using var model = ResNetModel.CifarResNet(8);

        var report = model.LoadWeights(path);

        report.Missing.Should().BeEmpty();
        report.Skipped.Should().HaveCount(7).And.OnlyContain(skipped => skipped.Reason.StartsWith("The file does not have it; it counts", StringComparison.Ordinal));
    }

    [Fact]
    public void Half_precision_converts_and_whole_numbers_do_not()
    {
        using var scope = torch.NewDisposeScope();
        using var source = ResNetModel.CifarResNet(8);
        string half = _folder.PathTo("half.safetensors"), whole = _folder.PathTo("whole.safetensors");
        SafeTensorsWriter.Write(half, source.state_dict().ToDictionary(e => e.Key, e => e.Value.is_floating_point() ? e.Value.to(torch.ScalarType.BFloat16) : e.Value));
        SafeTensorsWriter.Write(whole, source.state_dict().ToDictionary(e => e.Key, e => e.Key == "fc.bias" ? e.Value.to(torch.ScalarType.Int64) : e.Value));
        using var model = ResNetModel.CifarResNet(8);

        model.LoadWeights(half).Loaded.Should().HaveCount(44);
        model.state_dict()["fc.weight"].Should().HaveEqualValues(source.state_dict()["fc.weight"].to(torch.ScalarType.BFloat16).to(torch.ScalarType.Float32));
        model.Invoking(m => m.LoadWeights(whole)).Should().Throw<WeightsMismatchException>()
            .Which.Differences.Should().Equal($"fc.bias is Int64 in {whole} but Float32 in the model.");
    }

    [Fact]
    public void What_a_file_cannot_say_is_reported()
    {
        var bottlenecks = ResNetOptions.Cifar(11, BlockKind.Bottleneck) with { BaseWidth = 4 };
        string path = Bare(Save(bottlenecks, "b"));
        using var model = new ResNetModel(bottlenecks);
        model.LoadWeights(path).Unverified.Should().Equal(
            $"Residual is True by the model's options; {path} does not say what it was trained with.",
            $"ZeroPadding is After by the model's options; {path} does not say what it was trained with.",
            $"BottleneckStride is First1x1 by the model's options; {path} does not say what it was trained with.");

        var projections = ResNetOptions.Cifar(8) with { Shortcut = ShortcutOption.B };
        using var verified = new ResNetModel(projections);
        verified.LoadWeights(Bare(Save(projections, "p"))).Unverified.Should().BeEmpty("projections show in the names");
    }

    [Fact]
    public void What_a_file_says_otherwise_is_an_error_even_if_not_strict()
    {
        var bottlenecks = ResNetOptions.Cifar(11, BlockKind.Bottleneck) with { BaseWidth = 4 };
        string path = Save(bottlenecks with { ZeroPadding = ZeroPadding.Both, BottleneckStride = StridePlacement.Middle3x3 }, "b");
        using var model = new ResNetModel(bottlenecks);
        model.Invoking(m => m.LoadWeights(path, new WeightsLoadOptions { Strict = false })).Should().Throw<WeightsMismatchException>().WithMessage(
            $"""
            {path} does not fit the model: 2 different, 0 missing, 0 unexpected.
            - ZeroPadding is Both in {path} but After in the model; build with ZeroPadding = Both.
            - BottleneckStride is Middle3x3 in {path} but First1x1 in the model; build with BottleneckStride = Middle3x3.
            """);

        string plain = Save(ResNetOptions.Cifar(8) with { Residual = false }, "plain");
        using var residual = ResNetModel.CifarResNet(8);
        residual.Invoking(m => m.LoadWeights(plain)).Should().Throw<WeightsMismatchException>()
            .Which.Differences.Should().Equal($"Residual is False in {plain} but True in the model; build with Residual = false.");
    }

    [Fact]
    public void A_stream_loads_as_a_file_does()
    {
        using var stream = File.OpenRead(Version1FileTests.Path);
        using var model = new ResNetModel(Version1FileTests.Description.Options);
        model.LoadWeights(stream).Loaded.Should().HaveCount(44);
        stream.Length.Should().BePositive("it stays open");
    }

    private string Save(ResNetOptions options, string name)
    {
        string path = _folder.PathTo(name + ".safetensors");
        using var model = new ResNetModel(options);
        model.SaveWeights(path);
        return path;
    }

    /// <summary>The same tensors without the description.</summary>
    private string Bare(string path) => Strip(path, Path.GetFileNameWithoutExtension(path) + "-bare");

    private string Strip(string path, string name, params (string From, string? To)[] changes)
    {
        using var scope = torch.NewDisposeScope();
        using var file = StateDictFile.Open(path);
        var tensors = file.Entries.ToDictionary(entry => entry.Name, entry => file.Read(entry.Name));
        foreach (var (from, to) in changes)
        {
            tensors.Remove(from, out var tensor);
            if (to is not null)
            {
                tensors[to] = tensor!;
            }
        }

        string result = _folder.PathTo(name + ".safetensors");
        SafeTensorsWriter.Write(result, tensors);
        return result;
    }
}

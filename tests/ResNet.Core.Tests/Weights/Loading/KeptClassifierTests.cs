using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

public sealed class KeptClassifierTests : IDisposable
{
    private static readonly ClassLabels InFile = new(["cat", "dog", "owl"]);
    private readonly TemporaryFolder _folder = new();
    private readonly ResNetModel _saved = new(Options(3));

    public KeptClassifierTests()
    {
        _saved.SaveWeights(_folder.PathTo("a.safetensors"), new ModelDescription { Options = _saved.Options, Labels = InFile });
    }

    public void Dispose()
    {
        _saved.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_classifier_of_the_same_classes_is_loaded()
    {
        using var model = new ResNetModel(Options(3));

        var report = Load(model, new ClassLabels(InFile));

        Rows(model).Should().BeEquivalentTo(Rows(_saved), options => options.WithStrictOrdering());
        report.Loaded.Should().Contain("fc.weight").And.Contain("fc.bias");
        report.Adapted.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Classes_in_another_order_get_their_rows_by_name(bool mapFile)
    {
        using var model = new ResNetModel(Options(3));

        var report = Load(model, new ClassLabels(["owl", "cat", "dog"]), mapFile);

        var saved = Rows(_saved);
        Rows(model).Should().BeEquivalentTo([saved[2], saved[0], saved[1]], options => options.WithStrictOrdering());
        report.Adapted.Should().ContainSingle().Which.Should().Contain("reordered by their names");
    }

    [Theory]
    [InlineData("cat", "dog", "elk")]
    [InlineData("cat", "dog", "Owl")]
    [InlineData("cat", "dog")]
    [InlineData("cat", "dog", "owl", "elk")]
    public void A_classifier_of_other_classes_is_left_out_and_the_report_says_why(params string[] classes)
    {
        using var model = new ResNetModel(Options(classes.Length));
        var fresh = Rows(model);

        var report = Load(model, new ClassLabels(classes));

        Rows(model).Should().BeEquivalentTo(fresh, options => options.WithStrictOrdering());
        report.Skipped.Should().Contain(new SkippedWeight("fc.weight", "The file's classes are others than the model's."));
        report.Loaded.Should().Contain("conv1.weight");
    }

    [Fact]
    public void A_file_without_names_of_classes_gives_no_classifier()
    {
        _saved.SaveWeights(_folder.PathTo("a.safetensors"), new ModelDescription { Options = _saved.Options });
        using var model = new ResNetModel(Options(3));

        Load(model, InFile).Skipped.Should().Contain(new SkippedWeight("fc.bias", "The file does not name its classes."));
    }

    [Fact]
    public void Classes_that_the_file_does_not_name_can_be_given()
    {
        _saved.SaveWeights(_folder.PathTo("a.safetensors"), new ModelDescription { Options = _saved.Options });
        using var model = new ResNetModel(Options(3));

        model.LoadWeights(_folder.PathTo("a.safetensors"), new WeightsLoadOptions { KeepClassifierOf = InFile, FileLabels = InFile });

        Rows(model).Should().BeEquivalentTo(Rows(_saved), options => options.WithStrictOrdering());
    }

    private static ResNetOptions Options(int classCount) => ResNetOptions.Cifar(8) with { ClassCount = classCount };

    private static float[][] Rows(ResNetModel model)
    {
        var state = model.state_dict();
        float[] weights = state["fc.weight"].data<float>().ToArray(), biases = state["fc.bias"].data<float>().ToArray();
        return [.. weights.Chunk(weights.Length / biases.Length).Zip(biases, (row, bias) => row.Append(bias).ToArray())];
    }

    private WeightsLoadReport Load(ResNetModel model, ClassLabels labels, bool mapFile = false) =>
        model.LoadWeights(_folder.PathTo("a.safetensors"), new WeightsLoadOptions { KeepClassifierOf = labels, MapFile = mapFile });
}

using ResNet.Onnx.Protos;
using TorchSharp;

namespace ResNet.Onnx.Tests;

/// <summary>A model and its weights in a second file, replaced by those of another export.</summary>
public sealed class ReplacedPairTests : IDisposable
{
    private static readonly OnnxExportOptions External = new() { ExternalData = true };
    private readonly TemporaryFolder _folder = new();
    private readonly ResNetModel _model = FilledModel.Create(FilledModel.Small);
    private readonly Tensor _images = FilledModel.Images();

    private string Model => _folder.PathTo("network.onnx");

    [Fact]
    public void Whenever_the_process_ends_model_and_weights_are_of_one_export()
    {
        _model.ExportOnnx(Model, External);
        float[] old = Answer(Model);
        Change();
        float[] fresh = Fresh();
        var states = new List<string>();

        Replace(() => states.Add(CopyOfFolder(states.Count)));

        states.Should().HaveCountGreaterThan(1);
        states.Select(Answer).Should().AllSatisfy(answer => (answer.SequenceEqual(old) || answer.SequenceEqual(fresh)).Should().BeTrue("a mixture answers like neither"));
        Answer(Model).Should().Equal(fresh);
        Names().Should().Equal("network.onnx", "network.onnx.data");
    }

    [Fact]
    public void What_an_export_left_that_was_killed_goes_with_the_next_one()
    {
        _model.ExportOnnx(Model, External);
        File.WriteAllText(Model + ".0123456789abcdef.data", "left");
        File.WriteAllText(Model + ".mine.data", "of somebody else");

        _model.ExportOnnx(Model, External);

        Names().Should().Equal("network.onnx", "network.onnx.data", "network.onnx.mine.data");
        Answer(Model).Should().Equal(Fresh());
    }

    [Fact]
    public void A_failure_between_the_two_names_leaves_the_older_pair_alone()
    {
        _model.ExportOnnx(Model, External);
        float[] old = Answer(Model);
        Change();

        FluentActions.Invoking(() => Replace(() => throw new IOException("the disk is gone"))).Should().Throw<IOException>();

        Names().Should().Equal("network.onnx", "network.onnx.data");
        Answer(Model).Should().Equal(old);
    }

    [Fact]
    public void Names_as_long_as_file_systems_allow_are_replaced()
    {
        string path = _folder.PathTo(new string('n', 245) + ".onnx");
        _model.ExportOnnx(path, External);
        Change();

        _model.ExportOnnx(path, External);

        Answer(path).Should().Equal(Fresh());
        Names().Should().Equal(Path.GetFileName(path), Path.GetFileName(path) + ".data");
    }

    public void Dispose()
    {
        _images.Dispose();
        _model.Dispose();
        _folder.Dispose();
    }

    /// <summary>Weights of both files, so that a mixture of two exports answers like neither.</summary>
    private void Change()
    {
        using var noGradient = torch.no_grad();
        _model.get_parameter("fc.bias")!.add_(1);
        _model.get_parameter("conv1.weight")!.mul_(2);
    }

    private float[] Fresh()
    {
        string path = _folder.PathTo("fresh", "network.onnx");
        _model.ExportOnnx(path, External);
        return Answer(path);
    }

    private void Replace(Action replaced)
    {
        var written = ModelProto.Parser.ParseFrom(_model.Export());
        new OnnxFile(Model, externalData: true, progress: null, CancellationToken.None) { FileReplaced = replaced }.Write(written);
    }

    private string CopyOfFolder(int number)
    {
        string copy = Directory.CreateDirectory(_folder.PathTo($"state{number}")).FullName;
        foreach (string file in Directory.GetFiles(_folder.Root, "network.onnx*"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return Path.Combine(copy, "network.onnx");
    }

    private float[] Answer(string path)
    {
        using var answer = new OnnxAnswer(path);
        return answer.Run(_images);
    }

    private IEnumerable<string?> Names() => Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}

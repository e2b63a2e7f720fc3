using ResNet.Imaging;
using ResNet.Onnx.Protos;
using TorchSharp;

namespace ResNet.Onnx.Tests;

public sealed class OptionTests
{
    private static readonly PixelMean Uneven = new(38, 45, Enumerable.Range(0, 3 * 38 * 45).Select(i => i % 101 / 101f).ToArray());

    [Fact]
    public void Softmax_gives_probabilities()
    {
        using var scope = torch.NewDisposeScope();
        using var model = FilledModel.Create(FilledModel.Small);
        using var answer = new OnnxAnswer(model.Export(new OnnxExportOptions { Softmax = true }));
        using var inference = torch.inference_mode();
        var images = FilledModel.Images();

        answer.ShouldAnswer(images, model.call(images).softmax(1));
        answer.Output.Key.Should().Be("probabilities");
    }

    [Theory]
    [InlineData(true, StemKind.ImageNet)]
    [InlineData(true, StemKind.Cifar)]
    [InlineData(false, StemKind.ImageNet)]
    public void Normalisation_takes_pixels_as_they_are(bool fold, StemKind stem)
    {
        using var scope = torch.NewDisposeScope();
        using var model = FilledModel.Create(FilledModel.Small with { Stem = stem });
        using var answer = new OnnxAnswer(model.Export(
            new OnnxExportOptions { Preprocessing = Preprocessing.ImageNet, IncludeNormalization = true, FoldNormalization = fold }));

        answer.ShouldAnswer(FilledModel.Pixels(), Normalized(model, Preprocessing.ImageNet.Normalization));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_first_convolution_without_normalisation_after_it_scales_too(bool fold)
    {
        using var scope = torch.NewDisposeScope();
        using var model = FilledModel.Create(FilledModel.Small with { Stem = StemKind.Cifar, PreActivation = true });
        using var answer = new OnnxAnswer(model.Export(
            new OnnxExportOptions { Preprocessing = Preprocessing.Cifar10, IncludeNormalization = true, FoldNormalization = fold }));

        answer.ShouldAnswer(FilledModel.Pixels(), Normalized(model, Normalization.Cifar10));
    }

    [Fact]
    public void A_mean_at_each_pixel_is_subtracted_from_pictures_of_its_size()
    {
        using var scope = torch.NewDisposeScope();
        using var model = FilledModel.Create(FilledModel.Small);
        var options = new OnnxExportOptions { Preprocessing = Preprocessing.PaperImageNet(Uneven), IncludeNormalization = true, InputHeight = 45, InputWidth = 38 };
        using var answer = new OnnxAnswer(model.Export(options));
        using var other = new OnnxAnswer(model.Export(options with { InputHeight = 38, InputWidth = 45 }));
        using var inference = torch.inference_mode();
        var mean = torch.tensor(Uneven.Values.ToArray()).reshape(1, 45, 38, 3).permute(0, 3, 1, 2);

        answer.ShouldAnswer(FilledModel.Pixels(), model.call((FilledModel.Pixels() / 255) - mean));
        other.ShouldAnswer(FilledModel.Pixels(2, 38, 45), model.call((FilledModel.Pixels(2, 38, 45) / 255) - mean.mean([2, 3], keepdim: true)));
    }

    [Theory]
    [InlineData(OnnxExportOptions.OldestOpset, 7)]
    [InlineData(14, 7)]
    [InlineData(15, 8)]
    [InlineData(18, 8)]
    [InlineData(19, 9)]
    [InlineData(21, 10)]
    [InlineData(OnnxExportOptions.NewestOpset, 10)]
    public void Every_operator_set_answers_alike(int opset, int format)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var network in new[]
        {
            FilledModel.Small with { Shortcut = ShortcutOption.A },
            FilledModel.Small with { PreActivation = true, Block = BlockKind.Bottleneck, Groups = 2 },
        })
        {
            using var model = FilledModel.Create(network);
            foreach (bool fold in new[] { true, false })
            {
                byte[] bytes = model.Export(new OnnxExportOptions
                {
                    OpsetVersion = opset,
                    FoldNormalization = fold,
                    Softmax = true,
                    IncludeNormalization = true,
                    Preprocessing = Preprocessing.ImageNet,
                });
                using var answer = new OnnxAnswer(bytes);

                var logits = Normalized(model, Preprocessing.ImageNet.Normalization);
                answer.ShouldAnswer(FilledModel.Pixels(), logits.softmax(1));
                var parsed = ModelProto.Parser.ParseFrom(bytes);
                (parsed.OpsetImport.Single().Version, parsed.IrVersion).Should().Be((opset, format));
            }
        }
    }

    [Fact]
    public void Sides_are_free_or_fixed_as_asked()
    {
        using var model = FilledModel.Create(FilledModel.Small);
        using var free = new OnnxAnswer(model.Export());
        using var fixedSides = new OnnxAnswer(model.Export(new OnnxExportOptions { BatchSize = 1, InputHeight = 45, InputWidth = 38 }));

        free.Input.Value.Dimensions.Should().Equal(-1, 3, -1, -1);
        free.Input.Value.SymbolicDimensions.Should().Equal("batch", "", "height", "width");
        free.Output.Value.Dimensions.Should().Equal(-1, 7);
        fixedSides.Input.Value.Dimensions.Should().Equal(1, 3, 45, 38);
        fixedSides.Output.Value.Dimensions.Should().Equal(1, 7);
        using var images = FilledModel.Images(1);
        fixedSides.ShouldAnswerAs(model, images);
    }

    [Fact]
    public void Names_are_those_asked_for()
    {
        using var model = FilledModel.Create(FilledModel.Small);
        var options = new OnnxExportOptions { InputName = "input", OutputName = "output", ProducerName = "me" };
        using var stream = new MemoryStream();

        var report = model.ExportOnnx(stream, options);

        using var answer = new OnnxAnswer(stream.ToArray());
        (answer.Input.Key, answer.Output.Key, answer.Producer).Should().Be(("input", "output", "me"));
        report.Should().BeEquivalentTo(new { InputName = "input", OutputName = "output", ByteCount = stream.Length, OpsetVersion = 17, Files = Array.Empty<string>() });
        report.NodeCount.Should().Be(ModelProto.Parser.ParseFrom(stream.ToArray()).Graph.Node.Count);
    }

    [Fact]
    public void Folding_leaves_no_normalisation_and_gives_fewer_nodes()
    {
        using var model = FilledModel.Create(FilledModel.Small);
        var folded = ModelProto.Parser.ParseFrom(model.Export()).Graph;
        var whole = ModelProto.Parser.ParseFrom(model.Export(new OnnxExportOptions { FoldNormalization = false })).Graph;

        folded.Node.Select(node => node.OpType).Distinct().Should().BeEquivalentTo("Conv", "Relu", "MaxPool", "Add", "GlobalAveragePool", "Flatten", "Gemm");
        whole.Node.Count(node => node.OpType == "BatchNormalization").Should().Be(whole.Node.Count - folded.Node.Count).And.BePositive();
        whole.Initializer.Select(tensor => tensor.Name).Should().BeEquivalentTo(
            model.state_dict().Keys.Where(key => !key.EndsWith("num_batches_tracked", StringComparison.Ordinal)), "they have the names of the weights file");
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        using var model = FilledModel.Create(FilledModel.Small);
        var options = new OnnxExportOptions
        {
            OpsetVersion = 12,
            IncludeNormalization = true,
            BatchSize = 0,
            InputHeight = -1,
            InputName = "x",
            OutputName = "x",
            ProducerName = " ",
        };

        FluentActions.Invoking(() => model.ExportOnnx(Stream.Null, options)).Should().Throw<InvalidOptionsException>().Which.Message.Should().Be(
            """
            OnnxExportOptions: 7 faults.
            - OpsetVersion is 12; it must be 13 to 22.
            - IncludeNormalization is true, but Preprocessing is null; give the preprocessing whose normalisation is meant.
            - BatchSize is 0; it must be 1 or more, or null for any.
            - InputHeight is -1; it must be 1 or more, or null for any.
            - InputHeight is -1 and InputWidth is null; set both or neither.
            - ProducerName is blank; it must be a name.
            - InputName and OutputName are both 'x'; they must differ.
            """);
    }

    [Fact]
    public void What_does_not_fit_the_network_is_listed_too()
    {
        using var model = FilledModel.Create(FilledModel.Small with { InputChannels = 1 });
        var options = new OnnxExportOptions
        {
            IncludeNormalization = true,
            Preprocessing = Preprocessing.ImageNet,
            Labels = ClassLabels.Cifar10,
            OutputName = "fc",
        };

        FluentActions.Invoking(() => model.ExportOnnx(Stream.Null, options)).Should().Throw<InvalidOptionsException>().Which.Message.Should().Be(
            """
            OnnxExportOptions: 3 faults.
            - IncludeNormalization is true, but the network sees 1 channels; it must be 3 (red, green, blue).
            - Labels has 10 names for 7 classes; give one name for each class.
            - OutputName is 'fc', the name of a layer; choose another one.
            """);
    }

    [Fact]
    public void A_mean_at_each_pixel_needs_a_size()
    {
        var options = new OnnxExportOptions { IncludeNormalization = true, Preprocessing = Preprocessing.PaperImageNet(Uneven) };
        options.Faults().Should().Equal(
            "Preprocessing has a mean at each pixel of 38x45, which only pictures of one size can be normalised by; set InputHeight and InputWidth.");
    }

    private static Tensor Normalized(ResNetModel model, Normalization normalization)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var mean = torch.tensor(normalization.Mean.ToArray()).reshape(1, 3, 1, 1);
        var deviation = torch.tensor(normalization.StdDev.ToArray()).reshape(1, 3, 1, 1);
        return model.call(((FilledModel.Pixels() / 255) - mean) / deviation).MoveToOuterDisposeScope();
    }
}

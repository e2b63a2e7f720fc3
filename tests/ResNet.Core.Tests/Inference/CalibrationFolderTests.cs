using ResNet.Compilation;
using ResNet.Imaging;
using ResNet.Inference;
using TorchSharp;

namespace ResNet.Core.Tests.Inference;

public sealed class CalibrationFolderTests : IDisposable
{
    private static readonly Preprocessing Plain = new() { CropSize = 4, Normalization = Normalization.Cifar10 };
    private static readonly EngineOptions Int8 = new() { Compile = new CompileOptions { Precision = CompilePrecision.Int8 } };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Up_to_128_pictures_are_taken_evenly_and_mixed()
    {
        for (int i = 0; i < 600; i++)
        {
            Write(i);
        }

        int[] taken = Taken(Int8);

        taken.Order().Should().Equal(Enumerable.Range(0, 128).Select(i => i * 600 / 128));
        taken.Take(8).Max().Should().BeGreaterThan(300, "the self-check looks at the first ones, which shall not be of one class");
        Taken(Int8).Should().Equal(taken);
    }

    [Fact]
    public void A_check_alone_takes_eight()
    {
        for (int i = 0; i < 20; i++)
        {
            Write(i);
        }

        Taken(EngineOptions.Auto).Order().Should().Equal(0, 2, 5, 7, 10, 12, 15, 17);
        Samples(EngineOptions.Auto with { Compile = new CompileOptions { SelfCheck = false } }).Should().BeNull("nobody would look at them");
    }

    [Fact]
    public void For_what_cannot_be_read_the_next_one_serves()
    {
        // Two files for each of the 128: of 100 and 101 neither can be read, of all others the second one.
        for (int i = 0; i < 256; i++)
        {
            if (i % 2 == 0 || i == 101)
            {
                File.WriteAllText(PathOf(i), "no picture");
            }
            else
            {
                Write(i);
            }
        }

        Taken(Int8).Order().Should().Equal(Enumerable.Range(0, 256).Where(i => i % 2 == 1 && i != 101));
    }

    [Fact]
    public void Pictures_are_prepared_as_the_network_sees_them()
    {
        var photo = new RgbImage(30, 50, [.. Enumerable.Range(0, 30 * 50 * 3).Select(i => (byte)(i * 7))]);
        Directory.CreateDirectory(_folder.PathTo("deep", "er"));
        ImageEncoder.SavePng(photo, _folder.PathTo("deep", "er", "photo.png"));
        var preprocessing = new Preprocessing { ResizeShorterSide = 20, CropSize = 16, Normalization = Normalization.ImageNet, Crops = TestCrops.Ten };

        using var actual = CalibrationFolder.Samples(Int8 with { CalibrationFolder = _folder.Root }, preprocessing, default)!.Take(0, 1);

        using var expected = ImageTensor.FromImages([preprocessing.Apply(photo)], Normalization.ImageNet);
        actual.shape.Should().Equal(1, 3, 16, 16);
        actual.data<float>().ToArray().Should().Equal(expected.data<float>().ToArray());
    }

    [Fact]
    public void A_folder_without_pictures_is_an_error_that_says_so()
    {
        File.WriteAllText(_folder.PathTo("notes.txt"), "x");

        FluentActions.Invoking(() => Samples(Int8)).Should().Throw<InvalidOptionsException>().WithMessage(
            $"EngineOptions: 1 fault.\n- CalibrationFolder is '{_folder.Root}', which holds no pictures (jpg, jpeg, jpe, jfif, pjpeg, png, bmp, gif, webp), nor does any folder in it. "
            + "Name a folder of some hundred photos like those that the network will see.");
        File.WriteAllText(_folder.PathTo("a.jpg"), "");
        FluentActions.Invoking(() => Samples(Int8)).Should().Throw<InvalidOptionsException>().WithMessage(
            $"*nor does any folder in it; left out: {_folder.PathTo("a.jpg")}, an empty file. Name a folder*");
    }

    [Fact]
    public void A_folder_of_which_nothing_can_be_read_is_an_error_that_says_why()
    {
        File.WriteAllText(_folder.PathTo("a.jpg"), "no picture");
        File.WriteAllText(_folder.PathTo("b.jpg"), "no picture either");
        string reason = FluentActions.Invoking(() => ImageDecoder.Decode(_folder.PathTo("a.jpg"))).Should().Throw<ImageFormatException>().Which.Message;

        // The model stays the caller's, as with every fault of the options.
        using var model = ResNetModel.CifarResNet(8);
        FluentActions.Invoking(() => new ImageClassifier(model, Preprocessing.Cifar10, engine: EngineOptions.Auto with { CalibrationFolder = _folder.Root }))
            .Should().Throw<InvalidOptionsException>().WithMessage(
                $"EngineOptions: 1 fault.\n- CalibrationFolder is '{_folder.Root}', where none of the picture files (2) can be read; the first one: {reason} "
                + "Name a folder of some hundred photos like those that the network will see.");
    }

    [Fact]
    public void What_could_not_be_read_is_reported()
    {
        for (int i = 0; i < 3; i++)
        {
            Write(i);
        }

        File.WriteAllText(PathOf(3), "no picture");
        string reason = FluentActions.Invoking(() => ImageDecoder.Decode(PathOf(3))).Should().Throw<ImageFormatException>().Which.Message;

        using var classifier = ImageClassifier.BuiltIn(engine: EngineOptions.Auto with { CalibrationFolder = _folder.Root });

        classifier.Engine.UnreadPictures.Should().Equal(reason);
        classifier.Engine.ToString().Should().EndWith($"; 1 of the calibration's files could not be read, the first one: {reason.TrimEnd('.')}");
    }

    [Fact]
    public void A_classifier_need_not_be_waited_for()
    {
        Write(0);
        using var model = ResNetModel.CifarResNet(8);

        FluentActions.Invoking(() => new ImageClassifier(
            model, Preprocessing.Cifar10, engine: EngineOptions.Auto with { CalibrationFolder = _folder.Root }, cancellationToken: new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        Write(0);

        FluentActions.Invoking(() => CalibrationFolder.Samples(Int8 with { CalibrationFolder = _folder.Root }, Plain, new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void The_model_itself_needs_no_pictures()
    {
        using var eager = ImageClassifier.BuiltIn(engine: EngineOptions.Eager with { CalibrationFolder = _folder.Root });

        eager.Engine.Compiled.Should().BeNull();
    }

    [Theory]
    [InlineData(CompilePrecision.Float32)]
    [InlineData(CompilePrecision.BFloat16)]
    [InlineData(CompilePrecision.Int8)]
    public void Every_precision_is_checked_on_the_folder_and_nothing_is_left(CompilePrecision precision)
    {
        for (int i = 0; i < 10; i++)
        {
            Write(i);
        }

        var engine = new EngineOptions { Compile = new CompileOptions { Precision = precision }, CalibrationFolder = _folder.Root };
        MakeOne();

        LiveTensors.ShouldBeLeftBy(MakeOne, 0);

        void MakeOne()
        {
            using var classifier = ImageClassifier.BuiltIn(engine: engine);
            classifier.Engine.Compiled!.IsRemembered.Should().BeFalse();
            classifier.Engine.Compiled.Error.Should().NotBeNull();
        }
    }

    [SkippableFact]
    public void Int8_from_a_folder_of_real_pictures_answers_as_the_model_does()
    {
        string? pictures = RealPictures.Cifar10();
        Skip.If(pictures is null, RealPictures.WhySkipped);
        using var model = Analysis.CifarCheckpoint.Load();
        using var itself = Analysis.CifarCheckpoint.Load();
        var preprocessing = new Preprocessing { CropSize = 32, Normalization = Normalization.ImageNet };
        using var eager = new ImageClassifier(itself, preprocessing, engine: EngineOptions.Eager);

        using var classifier = new ImageClassifier(model, preprocessing, engine: Int8 with { CalibrationFolder = Path.Combine(pictures!, "train") });

        classifier.Engine.ToString().Should().Contain("int8", "it ran, or it says why not");
        Skip.If(classifier.Engine.Compiled?.Precision != CompilePrecision.Int8, classifier.Engine.ToString());
        classifier.Engine.Compiled.Error.Should().BeInRange(0.005, 0.3);
        string[] tests = [.. Directory.GetDirectories(Path.Combine(pictures!, "test")).SelectMany(folder => Directory.GetFiles(folder).Order(StringComparer.Ordinal).Take(20))];
        var expected = eager.Classify(tests, top: 1).Select(result => result.Predictions[0].Index);
        var actual = classifier.Classify(tests, top: 1).Select(result => result.Predictions[0].Index);
        actual.Zip(expected).Count(pair => pair.First == pair.Second).Should().BeGreaterThanOrEqualTo(195);
    }

    public void Dispose() => _folder.Dispose();

    private string PathOf(int number) => _folder.PathTo($"{number:0000}.png");

    /// <summary>A picture of one colour, which says its number.</summary>
    private void Write(int number) =>
        ImageEncoder.SavePng(new RgbImage(4, 4, [.. Enumerable.Repeat(new[] { (byte)(number >> 8), (byte)number, (byte)99 }, 16).SelectMany(pixel => pixel)]), PathOf(number));

    private PreparedSamples? Samples(EngineOptions options) => CalibrationFolder.Samples(options with { CalibrationFolder = _folder.Root }, Plain, default);

    private int[] Taken(EngineOptions options)
    {
        using var scope = torch.NewDisposeScope();
        var samples = Samples(options)!;
        var pictures = torch.cat([.. Enumerable.Range(0, samples.Count).Select(i => samples.Take(i, 1))]);
        var numbers = ((pictures * torch.tensor(new[] { 0.2470f, 0.2435f, 0.2616f }).view(1, 3, 1, 1)) + torch.tensor(new[] { 0.4914f, 0.4822f, 0.4465f }).view(1, 3, 1, 1)) * 255;
        return [.. Enumerable.Range(0, samples.Count).Select(i => ((int)Math.Round(numbers[i, 0, 1, 2].item<float>()) << 8) + (int)Math.Round(numbers[i, 1, 1, 2].item<float>()))];
    }
}

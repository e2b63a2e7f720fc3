using System.Globalization;
using System.Text.Json.Nodes;
using ResNet.Analysis;
using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class ExperimentReportTests : IDisposable
{
    private static readonly Lazy<IReadOnlyList<ExperimentResult>> Trained = new(Train);
    private readonly TemporaryFolder _folder = new();

    private static ExperimentSetup Setup => new()
    {
        Training = Recipe,
        NetworkCount = 2,
        TrainPictureCount = 64,
        ValidationPictureCount = 32,
        LossyFormat = "JPEG",
        Command = "resnet reproduce cifar10 --depths 8 --plain --iterations 8",
    };

    private static TrainingOptions Recipe => TrainingOptions.PaperCifar10 with { Iterations = 8, BatchSize = 16, WorkerCount = 2, Precision = Precision.Float32 };

    [Fact]
    public void Page_and_numbers_are_those_of_the_results()
    {
        string page = ExperimentReport.Write(_folder.Root, Setup, Trained.Value);

        string text = File.ReadAllText(page);
        var networks = JsonNode.Parse(File.ReadAllText(_folder.PathTo("cifar10.json")))!["networks"]!.AsArray();
        for (int i = 0; i < 2; i++)
        {
            var result = Trained.Value[i];
            text.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"| {result.Experiment.Name} | {result.ParameterCount:N0} | {100 * result.Test.Top1Error:F2} % |"));
            networks[i]!["testTop1Error"]!.GetValue<double>().Should().Be(result.Test.Top1Error);
            networks[i]!["parameters"]!.GetValue<long>().Should().Be(result.ParameterCount);
            networks[i]!["responses"]!.AsArray().Should().HaveCount(7, "a network of 8 layers has 7 of 3x3");
        }

        text.Should().Contain(Setup.Command).And.Contain("8 iterations instead of 64,000").And.Contain("divided by 10 at 4 and 6").And.Contain("**Pictures: JPEG.**")
            .And.Contain("ResNet-8 has ").And.Contain("float32");
    }

    [Fact]
    public void Page_numbers_and_figures_are_the_same_in_every_culture()
    {
        ExperimentReport.Write(_folder.PathTo("invariant"), Setup, Trained.Value);
        using (new HostCulture())
        {
            ExperimentReport.Write(_folder.PathTo("host"), Setup, Trained.Value);
        }

        foreach (string path in Directory.GetFiles(_folder.PathTo("invariant")))
        {
            File.ReadAllBytes(_folder.PathTo("host", Path.GetFileName(path))).Should().Equal(File.ReadAllBytes(path), path);
        }
    }

    [Fact]
    public void The_figures_of_the_page_are_pictures_beside_it()
    {
        string text = File.ReadAllText(ExperimentReport.Write(_folder.Root, Setup, Trained.Value));

        foreach (string name in (string[])["cifar10-curves.png", "cifar10-responses.png"])
        {
            text.Should().Contain($"]({name})");
            var picture = ImageDecoder.Decode(_folder.PathTo(name));
            picture.Width.Should().BeGreaterThan(1000);
            picture.Pixels.Distinct().Should().HaveCountGreaterThan(50, "something is drawn");
        }
    }

    [Fact]
    public void The_papers_own_schedule_is_not_called_scaled()
    {
        string text = File.ReadAllText(ExperimentReport.Write(_folder.Root, Setup with { Training = TrainingOptions.PaperCifar10, LossyFormat = null }, Trained.Value));

        text.Should().Contain("**Schedule: the paper's.**").And.NotContain("instead of 64,000").And.NotContain("JPEG");
    }

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<ExperimentResult> Train()
    {
        SyntheticShapes train = TinyNetwork.Shapes(64), validation = TinyNetwork.Shapes(32, 1), test = TinyNetwork.Shapes(50, 2);
        return [.. CifarExperiment.Plan([8], plain: true).Select(experiment =>
        {
            _ = torch.random.manual_seed(0);
            using var model = new ResNetModel(experiment.Options with { ClassCount = train.Labels.Count });
            var training = new Trainer(model, Recipe).Fit(train, validation);
            using var batch = ImageTensor.FromImages([.. Enumerable.Range(0, 8).Select(i => test.Read(i).Image)], Normalization.Cifar10);
            return new ExperimentResult
            {
                Experiment = experiment,
                ParameterCount = model.parameters().Sum(parameter => parameter.numel()),
                Training = training,
                Test = Evaluator.Evaluate(model, test, Preprocessing.Cifar10),
                Responses = LayerResponses.Measure(model, [batch]),
            };
        })];
    }
}

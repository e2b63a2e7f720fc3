using ResNet.Analysis;
using ResNet.Training.Tests.Robustness;

namespace ResNet.Training.Tests;

/// <summary>Reports that an application writes, which has the culture of its user.</summary>
public sealed class ReportCultureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reports_tables_and_charts_are_the_same_in_every_culture()
    {
        Write("invariant");
        using (new HostCulture())
        {
            Write("host");
        }

        string[] names = [.. Directory.GetFiles(_folder.PathTo("invariant")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        names.Should().HaveCount(9);
        foreach (string name in names)
        {
            File.ReadAllBytes(_folder.PathTo("host", name)).Should().Equal(File.ReadAllBytes(_folder.PathTo("invariant", name)), name);
        }
    }

    private void Write(string folder)
    {
        string path = Directory.CreateDirectory(_folder.PathTo(folder)).FullName;
        var dataset = new TinyDataset(3);
        var setup = new EvaluationSetup
        {
            Weights = "best.safetensors",
            Network = ResNetOptions.Cifar(20),
            Data = "pictures/test",
            Date = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.FromSeconds(61.5),
        };
        EvaluationFiles.Write(path, Answers.Report(dataset, [[0.1, 0.9], [0.8, 0.2], [0.25, 0.75]]), setup, dataset, Sample.Report());
        RobustnessFiles.Write(path, Sample.Report());
        var table = new FeatureTable(["a.png", "b.png"], ["x", null], [-0.5f, 1.25f, float.NaN, 3], 2);
        table.SaveCsv(Path.Combine(path, "features.csv"));
        table.SaveNpy(Path.Combine(path, "features.npy"));
        (string Name, IReadOnlyList<LayerResponse> Layers)[] responses = [("a", [new LayerResponse("conv1", 0.25, -1.5, 1000, true), new LayerResponse("conv2", 0.125, 0, 1000, true)])];
        ResponseTable.Save(Path.Combine(path, "responses.csv"), responses);
        File.WriteAllBytes(Path.Combine(path, "responses.png"), ResponseChart.ToPng("responses", responses));
    }
}

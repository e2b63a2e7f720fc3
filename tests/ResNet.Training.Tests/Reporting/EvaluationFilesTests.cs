using System.Text.Json.Nodes;
using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class EvaluationFilesTests : IDisposable
{
    private static readonly EvaluationSetup Setup = new() { Weights = "best.safetensors", Network = ResNetOptions.Cifar(20), Data = "pictures/test", Device = "cpu" };
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Page_document_and_API_hold_the_same_numbers_to_the_last_bit()
    {
        var dataset = new TinyDataset(60, classCount: 6);
        var report = Answers.Report(dataset, Scores(60, 6), [new DataFault("a.jpg", "an empty file")]);

        EvaluationFiles.Write(_folder.Root, report, Setup, dataset);
        var page = Page();
        var document = Document();

        document.ToJsonString().Should().Be(EvaluationFiles.ToJson(report, Setup, dataset).ToJsonString());
        Single(page, "top1Error").Should().Be(report.Top1Error).And.Be(Number(document, "top1Error"));
        Single(page, "top5Error").Should().Be(report.Top5Error).And.Be(Number(document, "top5Error"));
        Single(page, "top1Interval.low").Should().Be(report.Top1Interval.Low).And.Be(Number(document, "top1Interval", "low"));
        Single(page, "top1Interval.high").Should().Be(report.Top1Interval.High).And.Be(Number(document, "top1Interval", "high"));
        Single(page, "top5Interval.low").Should().Be(report.Top5Interval!.Value.Low).And.Be(Number(document, "top5Interval", "low"));
        Single(page, "top5Interval.high").Should().Be(report.Top5Interval!.Value.High).And.Be(Number(document, "top5Interval", "high"));
        Single(page, "top1Correct").Should().Be(report.Top1Correct).And.Be(Number(document, "top1Correct"));
        Single(page, "top5Correct").Should().Be(report.Top5Correct).And.Be(Number(document, "top5Correct"));
        page.Numbers("images").Should().Equal(60, 60).And.OnlyContain(images => images == Number(document, "images"));
        Single(page, "loss").Should().Be(report.Loss).And.Be(Number(document, "loss"));
        Single(page, "expectedCalibrationError").Should().Be(report.Calibration.ExpectedCalibrationError).And.Be(Number(document, "expectedCalibrationError"));
        Single(page, "macroPrecision").Should().Be(report.MacroPrecision).And.Be(Number(document, "macroPrecision"));
        Single(page, "macroRecall").Should().Be(report.MacroRecall).And.Be(Number(document, "macroRecall"));
        Single(page, "macroF1").Should().Be(report.MacroF1).And.Be(Number(document, "macroF1"));
        document["faults"]![0]!["path"]!.GetValue<string>().Should().Be("a.jpg");
    }

    [Fact]
    public void Tables_of_page_and_document_and_the_API_agree_to_the_last_bit()
    {
        var dataset = new TinyDataset(60, classCount: 6);
        var report = Answers.Report(dataset, Scores(60, 6));

        EvaluationFiles.Write(_folder.Root, report, Setup, dataset);
        var page = Page();
        var document = Document();

        double?[][] classes = [.. report.Classes.Select(score => new[] { score.Recall, score.Precision, score.F1, score.Images, score.Right, score.Predicted })];
        page.Rows("scores").Should().BeEquivalentTo(classes, options => options.WithStrictOrdering());
        Lines(document, "classes", "recall", "precision", "f1", "images", "right", "predicted").Should().BeEquivalentTo(classes, options => options.WithStrictOrdering());

        double?[][] bins = [.. report.Calibration.Bins.Select(bin => new[] { bin.Count, bin.MeanConfidence, bin.Accuracy })];
        page.Rows("bins").Should().BeEquivalentTo(bins, options => options.WithStrictOrdering());
        Lines(document, "calibration", "count", "meanConfidence", "accuracy").Should().BeEquivalentTo(bins, options => options.WithStrictOrdering());

        double?[][] matrix = [.. Enumerable.Range(0, 6).Select(actual => Enumerable.Range(0, 6).Select(predicted => (double?)report.Confusion.Count(actual, predicted)).ToArray())];
        page.Rows("matrix").Should().BeEquivalentTo(matrix, options => options.WithStrictOrdering());
        document["confusion"]!.AsArray().Select(row => row!.AsArray().Select(count => (double?)count!.GetValue<int>()).ToArray()).Should().BeEquivalentTo(matrix, options => options.WithStrictOrdering());

        var mistakes = report.ConfidentMistakes(24);
        page.Numbers("confidence").Should().Equal(mistakes.Select(answer => (double?)answer.Confidence));
        page.Numbers("labelProbability").Should().Equal(mistakes.Select(answer => (double?)answer.LabelProbability));
        Lines(document, "mistakes", "index", "confidence", "labelProbability").Should()
            .BeEquivalentTo(mistakes.Select(answer => new double?[] { answer.Index, answer.Confidence, answer.LabelProbability }), options => options.WithStrictOrdering());
        mistakes.Should().HaveCount(24);
    }

    [Fact]
    public void Names_of_classes_and_pictures_stay_text_whatever_they_hold()
    {
        string[] classes = ["<script>alert(1)</script>", "\"tom\" & 'jerry'"];
        string[] pictures = ["a/<img src=x onerror=alert(1)>.jpg", "b/\u202Egpj.\u0001exe", "c/</figure>.jpg", "d/--\"onload=\".png"];
        var dataset = new NamedDataset(classes, pictures);
        var report = Answers.Report(dataset, [[0.1, 0.9], [0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], [new DataFault("<b>x</b>", "<i>y</i>")]);

        EvaluationFiles.Write(_folder.Root, report, Setup with { Weights = "<u>w</u>", Data = "<s>d</s>" }, dataset);
        var page = Page();

        page.All("script").Should().ContainSingle();
        page.All("img").Should().HaveCount(4).And.OnlyContain(image => image.Attribute("onerror") == null && image.Attribute("onload") == null);
        page.RowNames("scores").Should().Equal(classes);
        page.All("b").Concat(page.All("i")).Concat(page.All("u")).Concat(page.All("s")).Should().BeEmpty();
        page.All("bdi").Select(name => name.Value).Should().Contain(["<img src=x onerror=alert(1)>.jpg", @"\u202Egpj.\u0001exe", "--\"onload=\".png", "<b>x</b>", "<u>w</u>"]);
        Document()["mistakes"]!.AsArray().Select(mistake => mistake!["picture"]!.GetValue<string>()).Should().BeEquivalentTo(pictures);
    }

    [Fact]
    public void The_page_needs_nothing_from_outside()
    {
        var dataset = new TinyDataset(12, classCount: 3);
        EvaluationFiles.Write(_folder.Root, Answers.Report(dataset, Scores(12, 3)), Setup, dataset);

        string html = File.ReadAllText(_folder.PathTo(EvaluationFiles.PageName));
        var page = Page();

        html.Should().NotContain("http:").And.NotContain("https:").And.NotContain("@import").And.NotContain("url(");
        page.All("img").Should().OnlyContain(image => image.Attribute("src")!.Value.StartsWith("data:image/png;base64,"));
        page.All("link").Should().BeEmpty();
        page.All("meta").Should().Contain(meta => ((string?)meta.Attribute("content") ?? "").StartsWith("default-src 'none'; img-src data:;"));
    }

    [Fact]
    public void Pictures_of_mistakes_are_in_the_page_and_large_ones_made_small()
    {
        var dataset = new TinyDataset(2, index => TinyDataset.Picture(index, index == 0 ? 400 : 8, index == 0 ? 200 : 8));
        EvaluationFiles.Write(_folder.Root, Answers.Report(dataset, [[0.1, 0.9], [0.8, 0.2]]), Setup, dataset);

        var images = Page().All("img").ToArray();

        var large = Decode(images[0].Attribute("src")!.Value);
        var small = Decode(images[1].Attribute("src")!.Value);
        (large.Width, large.Height).Should().Be((96, 48));
        small.Pixels.Should().Equal(TinyDataset.Picture(1, 8, 8).Pixels);
        images[0].Attribute("alt")!.Value.Should().Be("A picture of 'class0' that was taken for 'class1'");
    }

    [Fact]
    public void A_picture_that_is_gone_leaves_its_place_with_the_reason()
    {
        var dataset = new TinyDataset(1, _ => throw new ImageFormatException("picture0", "is there no longer."));

        EvaluationFiles.Write(_folder.Root, Answers.Report(dataset, [[0.1, 0.9]]), Setup, dataset);

        Page().All("figure").First().Value.Should().Contain("The picture cannot be read any more: picture0: is there no longer.");
    }

    [Fact]
    public void A_thousand_classes_give_a_page_of_pairs_and_not_a_table_of_a_million_cells()
    {
        var dataset = new TinyDataset(2000, classCount: 1000);
        EvaluationFiles.Write(_folder.Root, Answers.Report(dataset, Scores(2000, 1000)), Setup, dataset);

        var page = Page();

        page.Table("matrix").Should().BeNull();
        page.Rows("pairs").Should().HaveCount(20);
        page.Rows("scores").Should().HaveCount(1000);
        Document()["confusion"].Should().BeNull();
        Document()["confusedPairs"]!.AsArray().Should().HaveCount(20);
        new FileInfo(_folder.PathTo(EvaluationFiles.PageName)).Length.Should().BeLessThan(1_000_000);
    }

    [Fact]
    public void A_network_that_diverged_gets_its_report_too()
    {
        var dataset = new TinyDataset(2);
        EvaluationFiles.Write(_folder.Root, Answers.Report(dataset, [[double.NaN, double.NaN], [double.NaN, double.NaN]]), Setup, dataset);

        var page = Page();

        page.All("p").Should().Contain(text => text.Value.StartsWith("For 2 pictures the network gave no numbers (NaN)"));
        page.All("svg").Should().BeEmpty("there is no confidence to draw");
        Document()["loss"].Should().BeNull();
        Document()["unanswered"]!.GetValue<int>().Should().Be(2);
    }

    [Fact]
    public void A_cancelled_report_leaves_no_file()
    {
        var dataset = new TinyDataset(2);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        var writing = () => EvaluationFiles.Write(_folder.Root, Answers.Report(dataset, [[0.1, 0.9], [0.9, 0.1]]), Setup, dataset, cancellationToken: stop.Token);

        writing.Should().Throw<OperationCanceledException>();
        Directory.EnumerateFileSystemEntries(_folder.Root).Should().BeEmpty();
    }

    [SkippableFact]
    public void A_click_sorts_the_classes_and_another_one_the_other_way()
    {
        Skip.If(Browser.Path is null, Browser.WhySkipped);
        var dataset = new NamedDataset(["b10", "a", "b9", "never"], ["0", "1", "2", "3", "4", "5", "6"]);
        // Recall: b10 1/2, a 2/2, b9 0/2, never 0/1; precision of never is not defined.
        var report = Answers.Report(dataset, [[0.9, 0.1, 0, 0], [0.1, 0.9, 0, 0], [0.9, 0.1, 0, 0], [0.9, 0.1, 0, 0], [0, 0.1, 0.9, 0], [0.1, 0.9, 0, 0], [0.9, 0.1, 0, 0]]);
        EvaluationFiles.Write(_folder.Root, report, Setup, dataset);

        string[] found = Browser.Run(
            _folder.PathTo(EvaluationFiles.PageName),
            """
            const names = () => [...document.querySelectorAll("#scores tbody th")].map(cell => cell.textContent).join(" ");
            const button = column => document.querySelectorAll("#scores thead button")[column];
            const press = column => { button(column).click(); return names() + " " + button(column).parentNode.getAttribute("aria-sort"); };
            const lines = [press(0), press(0), press(1), press(2), press(2), `${document.querySelectorAll("[aria-sort]").length}`];
            """);

        found.Should().Equal(
            "a b9 b10 never ascending",
            "never b10 b9 a descending",
            "never b9 b10 a ascending",
            "b9 b10 a never ascending",
            "a b10 b9 never descending",
            "1");
    }

    [SkippableTheory]
    [InlineData(360)]
    [InlineData(1280)]
    public void The_page_fits_its_width_and_wide_tables_scroll_in_their_boxes(int width)
    {
        Skip.If(Browser.Path is null, Browser.WhySkipped);
        string[] classes = [.. Enumerable.Range(0, 30).Select(i => $"a class of a rather long name {i}")];
        var dataset = new NamedDataset(classes, [.. Enumerable.Range(0, 300).Select(i => $"pictures/of/a/{new string('x', 120)}{i}.jpg")]);
        EvaluationFiles.Write(_folder.Root, Answers.Report(dataset, Scores(300, 30)), Setup with { Data = $"/{new string('y', 200)}" }, dataset);

        string[] found = Browser.Run(
            _folder.PathTo(EvaluationFiles.PageName),
            "const lines = [`${document.documentElement.scrollWidth <= innerWidth}`, `${innerWidth}`, `${document.querySelector('#matrix').offsetWidth > innerWidth}`];",
            width);

        found[0].Should().Be("true");
        found[1].Should().Be($"{width}");
        found[2].Should().Be(width == 360 ? "true" : found[2]);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Scores that come out as most networks' do: mostly right, some surely wrong.</summary>
    private static double[][] Scores(int count, int classCount)
    {
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                double[] row = [.. Enumerable.Range(0, classCount).Select(label => Math.Exp(random.NextDouble() * 4) * (label == i % classCount ? 3 : 1))];
                double sum = row.Sum();
                return row.Select(score => score / sum).ToArray();
            }),
        ];
    }

    private static RgbImage Decode(string address) => ImageDecoder.Decode(Convert.FromBase64String(address["data:image/png;base64,".Length..]), "thumbnail");

    private static double? Single(ReportPage page, string name) => page.Numbers(name).Should().ContainSingle().Subject;

    private static double? Number(JsonObject document, params string[] path) =>
        path.Aggregate((JsonNode?)document, (node, name) => node![name])?.GetValue<double>();

    private static double?[][] Lines(JsonObject document, string list, params string[] members) =>
        [.. document[list]!.AsArray().Select(line => members.Select(member => line![member]?.GetValue<double>()).ToArray())];

    private ReportPage Page() => new(File.ReadAllText(_folder.PathTo(EvaluationFiles.PageName)));

    private JsonObject Document() => JsonNode.Parse(File.ReadAllText(_folder.PathTo(EvaluationFiles.DocumentName)))!.AsObject();
}

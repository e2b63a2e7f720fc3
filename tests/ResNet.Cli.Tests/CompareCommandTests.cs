using System.Text.Json;
using ResNet.Imaging;

namespace ResNet.Cli.Tests;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CompareCommandTests()
    {
        var random = new Random(5);
        foreach (string name in new[] { "ant", "fox", "wolf" })
        {
            string folder = Directory.CreateDirectory(_folder.PathTo("pictures", name)).FullName;
            for (int i = 0; i < 8; i++)
            {
                byte[] pixels = new byte[32 * 32 * 3];
                random.NextBytes(pixels.AsSpan(0, random.Next(pixels.Length)));
                ImageEncoder.SavePng(new RgbImage(32, 32, pixels), Path.Combine(folder, $"{i}.png"));
            }
        }
    }

    [Fact]
    public void Networks_with_classes_in_another_order_are_compared_picture_by_picture()
    {
        string a = Save("a", new(["ant", "fox", "wolf"])), b = Save("b", new(["wolf", "ant", "fox"]));

        var comparison = Json("compare", a, b, "--data", _folder.PathTo("pictures"), "--json");

        comparison.GetProperty("images").GetInt32().Should().Be(24);
        Right(comparison, "bothRight", "onlyARight").Should().Be(RightBy(a)).And.Be(comparison.GetProperty("a").GetProperty("top1Correct").GetInt32());
        Right(comparison, "bothRight", "onlyBRight").Should().Be(RightBy(b)).And.Be(comparison.GetProperty("b").GetProperty("top1Correct").GetInt32());
        comparison.GetProperty("pValue").GetDouble().Should().BeInRange(0, 1);
    }

    [Fact]
    public void A_network_does_not_differ_from_itself()
    {
        string a = Save("a", new(["ant", "fox", "wolf"]));

        var (code, output, errors) = ResnetProcess.Run("compare", a, a, "--data", _folder.PathTo("pictures"));

        code.Should().Be(0, errors);
        output.Should().MatchRegex(@"only A: +0\r?\n").And.MatchRegex(@"only B: +0\r?\n").And.Contain("p value:     1.000");
        output.Should().Contain("Neither is better on these pictures. That is no proof that both are equally good.");
    }

    [SkippableFact]
    public void Real_networks_differ_by_more_than_chance()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string? data = RealPictures.Cifar10();
        Skip.If(data is null, RealPictures.WhySkipped);

        var (code, output, errors) = ResnetProcess.Run(
            "compare", Oracle.PathTo("weights", "resnet20-12fca82f.th"), Oracle.PathTo("weights", "resnet32-d509ac18.th"), "--data", data!,
            "--arch", "resnet20-cifar", "--arch-b", "resnet32-cifar", "--zero-padding", "both", "--normalization", "imagenet");

        code.Should().Be(0, errors);
        output.Should().MatchRegex(@"B - A: +-1\.\d\d points of error").And.MatchRegex(@"p value: +\d\.\de-\d").And.Contain("That speaks for B");
    }

    [Fact]
    public void The_command_line_speaks_of_the_files_that_do_not_say_it_themselves()
    {
        string described = Save("a", new(["ant", "fox", "wolf"])), bare = Save("bare", null);
        WeightsFiles.RemoveDescription(bare);

        var comparison = Json(
            "compare", described, bare, "--data", _folder.PathTo("pictures"), "--arch-b", "resnet8-cifar", "--classes", "3", "--normalization", "cifar10", "--json");

        (comparison.GetProperty("onlyARight").GetInt32(), comparison.GetProperty("onlyBRight").GetInt32()).Should().Be((0, 0), "the weights are the same");
    }

    [Fact]
    public void Options_of_a_network_that_nobody_needs_are_wrong_usage()
    {
        string a = Save("a", new(["ant", "fox", "wolf"]));

        Refused(2, "Both say which networks they are; leave --arch and its companions out.", a, a, "--arch", "resnet8-cifar");
        Refused(2, "says which network it is; leave --arch-b out.", a, a, "--arch-b", "resnet8-cifar");
    }

    [Fact]
    public void A_file_that_does_not_say_which_network_it_is_of_is_not_guessed_at()
    {
        string bare = Save("bare", null);
        WeightsFiles.RemoveDescription(bare);

        Refused(2, "does not say which network it belongs to. Say it with --arch", bare, bare);
    }

    [Fact]
    public void A_network_that_does_not_know_the_classes_is_refused_before_the_work()
    {
        string a = Save("a", new(["ant", "fox", "wolf"]));

        Refused(1, "has classes that the network does not know: ant, fox, wolf.", a, "built-in");
    }

    public void Dispose() => _folder.Dispose();

    private static int Right(JsonElement comparison, params string[] counts) => counts.Sum(name => comparison.GetProperty(name).GetInt32());

    private static JsonElement Json(params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(args);
        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private int RightBy(string weights) =>
        Json("evaluate", "--weights", weights, "--data", _folder.PathTo("pictures"), "--json").GetProperty("top1Correct").GetInt32();

    private string Save(string name, ClassLabels? labels) => WeightsFiles.Save(_folder.PathTo($"{name}.safetensors"), labels is null ? null : Preprocessing.Cifar10, labels);

    private void Refused(int expected, string message, params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(["compare", .. args, "--data", _folder.PathTo("pictures")]);

        code.Should().Be(expected, errors);
        output.Should().BeEmpty();
        errors.Should().Contain(message).And.NotContain("pictures, top-1 error");
    }
}

using ResNet.Imaging;

namespace ResNet.Cli.Tests;

public sealed class FailureTests
{
    [Theory]
    [InlineData("'foo' is no device. Use auto, cpu, cuda or cuda:N with N from 0.", "train", "--device", "foo")]
    [InlineData("'cuda:x' is no device.", "train", "--device", "cuda:x")]
    [InlineData("Must be one of:", "summary", "resnet50", "--shortcut", "D", "--json")]
    [InlineData("--batch-size is 0; it must be 1 or more.", "evaluate", "--weights", "w", "--data", "d", "--batch-size", "0", "--json")]
    [InlineData("--top is -1; it must be 1 or more.", "classify", "p.png", "--weights", "w", "--top", "-1", "--json")]
    [InlineData("--max-pixels is 0; it must be 1 or more.", "classify", "p.png", "--max-pixels", "0")]
    [InlineData("resnet50 has Bottleneck blocks, so --block Basic is another network.", "summary", "resnet50", "--block", "basic")]
    [InlineData("'frob'", "frob")]
    [InlineData("doctor", "")]
    public void Wrong_usage_leaves_stdout_empty(string message, params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run([.. args.Where(arg => arg.Length > 0)]);

        code.Should().Be(2);
        output.Should().BeEmpty();
        errors.Should().Contain(message);
    }

    [Theory]
    [InlineData("classify")]
    [InlineData("explain")]
    public void An_image_of_more_pixels_than_allowed_is_refused(string command)
    {
        using var folder = new TemporaryFolder();
        string photo = folder.PathTo("photo.png");
        ImageEncoder.SavePng(new RgbImage(40, 30, new byte[3 * 40 * 30]), photo);

        var (code, _, errors) = ResnetProcess.Run(command, photo, "--max-pixels", "1199");

        code.Should().Be(1);
        errors.Should().Contain($"{photo}: the header says 40x30, 1200 pixels, but at most 1199 are allowed; raise --max-pixels if the file can be trusted.");
    }

    [Fact]
    public void Help_is_no_failure()
    {
        var (code, output, errors) = ResnetProcess.Run("evaluate", "--help");

        code.Should().Be(0);
        output.Should().Contain("--batch-size");
        errors.Should().BeEmpty();
    }

    [Fact]
    public void A_failure_that_nobody_foresaw_ends_with_1_and_its_stack_trace()
    {
        var (code, output, errors) = ResnetProcess.Run("summary", "resnet18", "--input-size", "2000000000", "--json");

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().Contain("overflowed").And.Contain("   at ResNet.Analysis.");
    }

    [Fact]
    public void A_want_of_memory_is_no_fault_of_the_program()
    {
        var (code, output, errors) = ResnetProcess.Run("summary", "resnet18", "--input-size", "100000000", "--json");

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().StartWith("There is not enough memory: ").And.Contain("120000000000000000 bytes").And.NotContain("   at ");
    }
}

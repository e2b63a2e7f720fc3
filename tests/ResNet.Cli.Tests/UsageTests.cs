namespace ResNet.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("'resnet19' is no network. Use resnet18, ", "summary", "resnet19")]
    [InlineData("A CIFAR network of Basic blocks has 6n+2 layers; the nearest depths are 20 and 26.", "summary", "resnet21-cifar")]
    [InlineData("--input-size is '0'; it must be one whole number or HEIGHTxWIDTH, each 1 or more.", "summary", "resnet18", "--input-size", "0")]
    [InlineData("bottleneck", "summary", "resnet50", "--block", "wide")]
    [InlineData("Option '--data' is required.", "evaluate", "--weights", "nowhere")]
    [InlineData("Required argument missing for command: 'compare'.", "compare", "--data", "nowhere")]
    [InlineData("Say which weights to use: --weights FILE", "evaluate", "--data", "nowhere", "--arch", "resnet18")]
    [InlineData("--epochs is 0; it must be 1 or more.", "train", "--epochs", "0")]
    [InlineData("--validation-split is 1; it must be at least 0 and below 1.", "train", "--validation-split", "1")]
    [InlineData("Say which weights to use: --weights FILE", "classify", "photo.jpg", "--arch", "resnet18")]
    public void Wrong_usage_ends_with_2_and_says_what_is_right(string message, params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(args);

        code.Should().Be(2);
        (errors + output).Should().Contain(message);
    }
}

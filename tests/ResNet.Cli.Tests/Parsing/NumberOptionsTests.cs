using System.CommandLine;

namespace ResNet.Cli.Tests;

public sealed class NumberOptionsTests
{
    [Theory]
    [InlineData("'0,05' is not a number for --learning-rate; write 0.05", "train", "--learning-rate", "0,05")]
    [InlineData("'0,05' is not a number for --learning-rate; write 0.05", "train", "--learning-rate=0,05")]
    [InlineData("'1,000' is not a whole number for --epochs; write 1000", "train", "--epochs", "1,000")]
    [InlineData("'0,2' is not a number for --validation-split; write 0.2", "train", "--validation-split", "0,2")]
    [InlineData("'NaN' is not a number for --validation-split.", "train", "--validation-split", "NaN")]
    [InlineData("'0,5' is not a number for --seconds; write 0.5", "benchmark", "--seconds", "0,5")]
    [InlineData("--batch is '1.000,8'; give different numbers from 1 to 4096, such as 1,8,32.", "benchmark", "--batch", "1.000,8")]
    [InlineData("'-0,5' is not a number for --learning-rate; write -0.5", "train", "--learning-rate", "-0,5")]
    public void A_number_that_may_mean_two_things_is_wrong_usage(string message, params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(args);

        code.Should().Be(2);
        errors.Should().Contain(message);
        output.Should().BeEmpty();
    }

    [Fact]
    public void Every_option_below_a_command_is_read_so()
    {
        var rate = new Option<double?>("--rate");
        var count = new Option<int>("--count") { DefaultValueFactory = _ => 7 };
        var root = new RootCommand { new Command("sub") { rate, count } };

        NumberOptions.UseIn(root);

        root.Parse(["sub", "--rate", "0,05"]).Errors.Should().ContainSingle().Which.Message.Should().Be("'0,05' is not a number for --rate; write 0.05");
        root.Parse(["sub", "--count", "1,000"]).Errors.Should().ContainSingle().Which.Message.Should().Be("'1,000' is not a whole number for --count; write 1000");
        var parsed = root.Parse(["sub", "--rate", "0.05"]);
        parsed.GetValue(rate).Should().Be(0.05);
        parsed.GetValue(count).Should().Be(7, "it is the default");
    }

    [Fact]
    public void A_kind_of_number_without_a_reader_is_refused()
    {
        var root = new RootCommand { new Option<decimal>("--price") };

        FluentActions.Invoking(() => NumberOptions.UseIn(root)).Should().Throw<NotSupportedException>().WithMessage("--price is a Decimal, for which there is no reader.");
    }
}

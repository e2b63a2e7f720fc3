namespace ResNet.Training.Tests.Precision;

public sealed class ComputePathDecisionTests
{
    private static readonly ComputePath ChannelsLast = new() { ChannelsLast = true, BFloat16 = false, Reason = string.Empty };
    private static readonly ComputePath BFloat16 = new() { ChannelsLast = true, BFloat16 = true, Reason = string.Empty };

    [Fact]
    public void The_fastest_right_path_is_chosen()
    {
        var chosen = ComputePathDecision.Fastest(1, [Right(ChannelsLast, 0.8), Right(BFloat16, 0.4)], string.Empty);

        chosen.Should().Be(BFloat16 with { Reason = "bfloat16, channels last: 2.50 times as fast as float32, channels first in a check on this machine, and right." });
    }

    [Fact]
    public void A_wrong_path_is_never_chosen_and_the_reason_says_so()
    {
        var chosen = ComputePathDecision.Fastest(1, [Right(ChannelsLast, 0.1) with { LogitError = 0.23 }], " No bfloat16: why.");

        (chosen.ChannelsLast, chosen.BFloat16).Should().Be((false, false));
        chosen.Reason.Should().StartWith("float32, channels first: float32, channels last is wrong on this machine (off by").And.EndWith("in the gradients). No bfloat16: why.");
    }

    [Theory]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, double.NaN, 0)]
    [InlineData(0, 0, double.NaN)]
    [InlineData(0.01, 0, 0)]
    [InlineData(0, 0.02, 0)]
    [InlineData(0, 0, 0.3)]
    public void Each_error_beyond_its_bound_makes_float32_wrong(double loss, double logits, double gradient)
    {
        ComputePathDecision.IsRight(new TrialResult(ChannelsLast, loss, logits, gradient, 1)).Should().BeFalse();
    }

    [Fact]
    public void What_is_hardly_faster_is_not_chosen()
    {
        var chosen = ComputePathDecision.Fastest(1, [Right(ChannelsLast, 0.97)], string.Empty);

        chosen.ChannelsLast.Should().BeFalse();
        chosen.Reason.Should().Be("float32, channels first: a check on this machine found nothing faster.");
    }

    private static TrialResult Right(ComputePath path, double seconds) => new(path, 0, 0, 0, seconds);
}

namespace ResNet.Training.Tests;

public sealed class ComputePathDecisionTests
{
    private static readonly ComputePath ChannelsLast = new() { ChannelsLast = true, BFloat16 = false, Reason = string.Empty };
    private static readonly ComputePath BFloat16 = new() { ChannelsLast = true, BFloat16 = true, Reason = string.Empty };

    [Fact]
    public void The_first_right_path_is_chosen()
    {
        var chosen = ComputePathDecision.FirstRight([Right(BFloat16), Right(ChannelsLast)], string.Empty);

        chosen.Should().Be(BFloat16 with { Reason = "bfloat16, channels last: a check on this machine found it right." });
    }

    [Fact]
    public void A_wrong_path_is_passed_over_and_the_reason_says_so()
    {
        var chosen = ComputePathDecision.FirstRight([Right(BFloat16) with { LogitError = 0.23 }, Right(ChannelsLast)], string.Empty);

        (chosen.ChannelsLast, chosen.BFloat16).Should().Be((true, false));
        chosen.Reason.Should().StartWith("float32, channels last: a check on this machine found it right. bfloat16, channels last is wrong on this machine (off by");
    }

    [Theory]
    [InlineData(2e-3, 0.015, 0.15, true)]
    [InlineData(4e-3, 0.015, 0.15, false)]
    [InlineData(2e-3, 0.03, 0.15, false)]
    [InlineData(2e-3, 0.015, 0.3, false)]
    public void TensorFloat32_is_rounding_to_three_bits_more_than_bfloat16(double loss, double logits, double gradients, bool isRight)
    {
        var trial = new TrialResult(ChannelsLast, loss, logits, gradients) { UsesTensorFloat32 = true };

        ComputePathDecision.IsRight(trial).Should().Be(isRight);
        ComputePathDecision.IsRight(trial with { UsesTensorFloat32 = false }).Should().BeFalse();
    }

    [Fact]
    public void A_path_that_fails_is_never_right() =>
        ComputePathDecision.IsRight(Right(BFloat16) with { Failure = "cuDNN error" }).Should().BeFalse();

    [Fact]
    public void The_reference_is_left_where_none_is_right()
    {
        var chosen = ComputePathDecision.FirstRight([Right(ChannelsLast) with { LogitError = 0.23 }], " No bfloat16: why.");

        (chosen.ChannelsLast, chosen.BFloat16).Should().Be((false, false));
        chosen.Reason.Should().StartWith("float32, channels first. float32, channels last is wrong on this machine (off by").And.EndWith("in the gradients). No bfloat16: why.");
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
        ComputePathDecision.IsRight(new TrialResult(ChannelsLast, loss, logits, gradient)).Should().BeFalse();
    }

    private static TrialResult Right(ComputePath path) => new(path, 0, 0, 0);
}

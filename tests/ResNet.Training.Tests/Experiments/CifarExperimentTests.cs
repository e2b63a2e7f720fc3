namespace ResNet.Training.Tests;

public sealed class CifarExperimentTests
{
    [Fact]
    public void A_plan_has_plain_before_residual_and_shallow_before_deep()
    {
        var plan = CifarExperiment.Plan([32, 20, 20], plain: true, [ShortcutOption.C, ShortcutOption.A]);

        plan.Select(experiment => experiment.Name).Should().Equal("plain-20", "ResNet-20", "ResNet-20 (C)", "plain-32", "ResNet-32", "ResNet-32 (C)");
        plan.Select(experiment => experiment.FolderName).Should().Equal("plain-20", "resnet-20", "resnet-20-c", "plain-32", "resnet-32", "resnet-32-c");
        plan.Select(experiment => experiment.Options.Depth).Should().Equal(20, 20, 20, 32, 32, 32);
        plan[0].Options.Residual.Should().BeFalse();
        plan[2].Options.Shortcut.Should().Be(ShortcutOption.C);
    }

    [Theory]
    [InlineData(20, 0.0875)]
    [InlineData(110, 0.0643)]
    [InlineData(26, null)]
    public void The_papers_error_is_known_where_its_table_has_one(int depth, double? error) =>
        CifarExperiment.Plan([depth], plain: false)[0].PaperTestError.Should().Be(error);

    [Fact]
    public void The_paper_has_no_number_for_plain_networks_and_other_shortcuts() =>
        CifarExperiment.Plan([20], plain: true, [ShortcutOption.B]).Select(experiment => experiment.PaperTestError).Should().OnlyContain(error => error == null);

    [Fact]
    public void A_depth_that_no_network_has_is_refused()
    {
        var plan = () => CifarExperiment.Plan([20, 21], plain: false);

        plan.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*the nearest depths are 20 and 26*");
    }
}

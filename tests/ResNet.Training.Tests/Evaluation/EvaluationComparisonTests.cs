namespace ResNet.Training.Tests;

public sealed class EvaluationComparisonTests
{
    private static readonly double[] Zero = [0.9, 0.1], One = [0.1, 0.9];

    [Fact]
    public void Pictures_are_paired_and_counted()
    {
        // Classes 0 1 0 1 0 1.
        var a = Answers.Report(Zero, One, Zero, Zero, One, Zero);
        var b = Answers.Report(Zero, Zero, One, One, One, Zero);

        var comparison = EvaluationComparison.Of(a, b);

        (comparison.BothRight, comparison.OnlyARight, comparison.OnlyBRight, comparison.BothWrong, comparison.Images).Should().Be((1, 2, 1, 2, 6));
        (comparison.ErrorOfA, comparison.ErrorOfB).Should().Be((a.Top1Error, b.Top1Error));
        comparison.Difference.Should().BeApproximately(b.Top1Error - a.Top1Error, 1e-15);
        comparison.PValue.Should().Be(1);
    }

    [Fact]
    public void Only_pictures_that_both_could_read_count()
    {
        var dataset = new TinyDataset(4);
        var a = Answers.Report(Zero, One, Zero, One);
        var counter = new ScoreCounter(dataset);
        using (TorchSharp.torch.NewDisposeScope())
        {
            Answers.Add(counter, dataset, [One, Zero], [3, 2]);
        }

        var comparison = EvaluationComparison.Of(a, Answers.Finish(counter));

        (comparison.Images, comparison.BothRight).Should().Be((2, 2));
        comparison.ErrorOfA.Should().Be(0);
    }

    [Fact]
    public void A_network_without_answers_is_wrong_everywhere()
    {
        double[] none = [double.NaN, double.NaN];

        var comparison = EvaluationComparison.Of(Answers.Report(Zero, One), Answers.Report(none, none));

        (comparison.OnlyARight, comparison.ErrorOfB).Should().Be((2, 1));
    }

    [Fact]
    public void Evaluations_of_other_pictures_are_refused()
    {
        var other = Answers.Report(Answers.Sure(3, 0, 0.9), Answers.Sure(3, 1, 0.9), Answers.Sure(3, 2, 0.9));

        var comparing = () => EvaluationComparison.Of(Answers.Report(Zero, One, Zero), other);

        comparing.Should().Throw<ArgumentException>()
            .WithMessage("Picture 2 is 'class0' in the first evaluation and 'class2' in the second. Only evaluations of the same data set can be compared.*");
    }

    // Exact sums of binomial coefficients: float(Fraction(2 * sum(comb(n, i) for i in range(min(b, c) + 1)), 2 ** n)) in Python.
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 1)]
    [InlineData(5, 5, 1)]
    [InlineData(6, 2, 0.2890625)]
    [InlineData(9, 14, 0.40487289428710938)]
    [InlineData(10, 25, 0.016673847800120711)]
    [InlineData(0, 20, 1.9073486328125e-06)]
    [InlineData(121, 59, 4.4344492637551764e-06)]
    [InlineData(437, 590, 2.0201635770726128e-06)]
    [InlineData(25_300, 24_700, 0.0073878345180354689)]
    [InlineData(24_999, 25_001, 0.99643176960889102)]
    [InlineData(20_000, 30_000, 0)]
    public void The_p_value_is_McNemars_exact_one(int onlyA, int onlyB, double expected)
    {
        double found = McNemar.PValue(onlyA, onlyB);

        found.Should().BeApproximately(expected, 1e-10 * expected);
        McNemar.PValue(onlyB, onlyA).Should().Be(found);
    }

    // m = (a - b) / N with half a picture added to a, b and the two other counts (N = n + 2); h = z sqrt(a + b - (a - b)²/N) / N, in Python.
    [Fact]
    public void The_interval_of_the_difference_is_that_of_Agresti_and_Min()
    {
        var a = Answers.Report([Zero, One, Zero, One, Zero, One, Zero, One, One, Zero]);
        var b = Answers.Report([One, Zero, One, One, Zero, One, Zero, One, Zero, Zero]);

        var comparison = EvaluationComparison.Of(a, b);

        (comparison.OnlyARight, comparison.OnlyBRight, comparison.Images).Should().Be((3, 1, 10));
        comparison.DifferenceInterval.Low.Should().BeApproximately(-0.18616717672284347, 1e-14);
        comparison.DifferenceInterval.High.Should().BeApproximately(0.5195005100561768, 1e-14);
    }

    [Fact]
    public void Networks_that_never_differ_are_not_proved_equal()
    {
        var report = Answers.Report(Zero, One, Zero);

        var comparison = EvaluationComparison.Of(report, report);

        comparison.PValue.Should().Be(1);
        comparison.DifferenceInterval.Low.Should().BeNegative();
        comparison.DifferenceInterval.High.Should().BePositive();
    }
}

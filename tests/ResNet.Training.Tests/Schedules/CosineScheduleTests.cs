namespace ResNet.Training.Tests;

public sealed class CosineScheduleTests
{
    /// <summary>PyTorch's CosineAnnealingLR(T_max=10, eta_min=0.05) from a rate of 1.</summary>
    private static readonly double[] PyTorch =
    [
        1.0, 0.976751845240198, 0.9092830723281, 0.8041979948389247, 0.6717830723281, 0.5249999999999999,
        0.37821692767189996, 0.2458020051610753, 0.14071692767190003, 0.07324815475980208, 0.05,
    ];

    [Fact]
    public void It_falls_as_PyTorchs_does()
    {
        var state = new CosineSchedule { Floor = 0.05 }.Start(10, 5);

        for (int i = 0; i < PyTorch.Length; i++)
        {
            state.FactorAt(i).Should().BeApproximately(PyTorch[i], 1e-12);
        }
    }

    [Fact]
    public void It_stays_at_its_floor_after_the_end() => new CosineSchedule { Floor = 0.2 }.Start(10, 5).FactorAt(15).Should().Be(0.2);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_floor_outside_its_range_is_a_fault(double floor) =>
        new CosineSchedule { Floor = floor }.Faults().Should().Equal($"Floor is {floor}; it must be at least 0 and below 1.");
}

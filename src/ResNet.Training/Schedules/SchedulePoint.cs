namespace ResNet.Training;

/// <summary>Turns a point of a schedule into an iteration.</summary>
internal static class SchedulePoint
{
    public static double ToIteration(this ScheduleUnit unit, double point, int iterationCount, int iterationsPerEpoch) => Math.Round(unit switch
    {
        ScheduleUnit.RunShare => point * iterationCount,
        ScheduleUnit.Epoch => point * iterationsPerEpoch,
        _ => point,
    });

    /// <summary>The points that a unit allows, for messages.</summary>
    public static string Range(this ScheduleUnit unit) => unit == ScheduleUnit.RunShare ? "between 0 and 1" : "above 0";

    public static bool Allows(this ScheduleUnit unit, double point) =>
        point > 0 && double.IsFinite(point) && (unit != ScheduleUnit.RunShare || point < 1);
}

using System.Globalization;

namespace ResNet.TestSupport;

/// <summary>
/// The culture of an application whose user writes numbers differently, for as long as it is not disposed. Tests run without the data of real
/// cultures, so it is put together from what de-DE, fa-IR and sv-SE do; threads that are started meanwhile have it too.
/// </summary>
public sealed class HostCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public HostCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.NumberFormat.PercentSymbol = "٪";
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.NaNSymbol = "¤¤¤";
        culture.NumberFormat.PositiveInfinitySymbol = "∞";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = "·";
        CultureInfo.CurrentCulture = culture;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}

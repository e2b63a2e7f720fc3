using System.Globalization;

namespace ResNet.Training;

/// <summary>
/// Makes the thread write numbers in another culture until it is disposed. What goes into files must be the same everywhere, but records, lists of
/// numbers and charts know no culture but the thread's, which in an application is its user's.
/// </summary>
internal readonly struct CultureScope : IDisposable
{
    private readonly CultureInfo _before;

    private CultureScope(CultureInfo before)
    {
        _before = before;
    }

    public static CultureScope Invariant() => Of(CultureInfo.InvariantCulture);

    public static CultureScope Of(CultureInfo culture)
    {
        var scope = new CultureScope(CultureInfo.CurrentCulture);
        CultureInfo.CurrentCulture = culture;
        return scope;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}

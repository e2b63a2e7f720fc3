namespace ResNet.Weights;

/// <summary>Enumerations as files hold them: by exact name. Numbers and combinations, which <see cref="Enum.Parse(Type, string)"/> takes, are refused.</summary>
internal static class StoredEnum
{
    public static T Parse<T>(string member, string name)
        where T : struct, Enum
    {
        string[] known = Enum.GetNames<T>();
        return known.Contains(name, StringComparer.Ordinal)
            ? Enum.Parse<T>(name)
            : throw new FormatException($"{member} is {ShapeText.Quote(name)}; it must be one of {string.Join(", ", known)}");
    }
}

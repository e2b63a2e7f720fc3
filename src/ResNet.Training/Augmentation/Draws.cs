namespace ResNet.Training;

/// <summary>Distributions that transforms draw from.</summary>
internal static class Draws
{
    /// <summary>A number from <paramref name="range"/>, all equally likely.</summary>
    public static double Uniform(this Random random, (double Min, double Max) range) => range.Min + ((range.Max - range.Min) * random.NextDouble());

    /// <summary>A number from <paramref name="range"/> whose logarithm is uniform: a factor and its inverse are equally likely.</summary>
    public static double LogUniform(this Random random, (double Min, double Max) range) =>
        Math.Exp(random.Uniform((Math.Log(range.Min), Math.Log(range.Max))));

    /// <summary>A number of mean 0 and standard deviation 1 (Box and Muller's transform; the second number that it could give is not kept,
    /// since transforms hold no state).</summary>
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Two numbers as <see cref="Normal"/> draws them, for the price of one.</summary>
    public static (double First, double Second) NormalPair(this Random random)
    {
        double length = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
        return (length * cosine, length * sine);
    }

    /// <summary>Width and height of a rectangle of random area and aspect, as torchvision draws them: they may be larger than the picture.</summary>
    public static (int Width, int Height) Rectangle(
        this Random random, int width, int height, (double Min, double Max) share, (double Min, double Max) widthToHeight)
    {
        double area = (double)width * height * random.Uniform(share);
        double ratio = random.LogUniform(widthToHeight);
        return (Rounded(Math.Sqrt(area * ratio)), Rounded(Math.Sqrt(area / ratio)));
    }

    /// <summary>The nearest whole number, halves to the even one; too large ones become the largest.</summary>
    public static int Rounded(double value) => (int)Math.Min(int.MaxValue, Math.Round(value, MidpointRounding.ToEven));
}

namespace ResNet.Training;

/// <summary>Three colours: two of the background, and the shape's, which is clearly lighter or darker than both.</summary>
internal readonly record struct ShapePalette((int R, int G, int B) First, (int R, int G, int B) Second, (int R, int G, int B) Shape)
{
    private const int LargestStepInBackground = 60;
    private const int SmallestStepToShape = 75;
    private const int Tries = 64;

    public static ShapePalette Draw(SampleRandom random)
    {
        var first = Colour(random);
        var second = first;
        for (int i = 0; i < Tries; i++)
        {
            var candidate = Colour(random);
            if (Math.Abs(Lightness(candidate) - Lightness(first)) <= LargestStepInBackground)
            {
                second = candidate;
                break;
            }
        }

        return new ShapePalette(first, second, ShapeColour(Lightness(first), Lightness(second), random));
    }

    private static (int R, int G, int B) ShapeColour(int first, int second, SampleRandom random)
    {
        for (int i = 0; i < Tries; i++)
        {
            var candidate = Colour(random);
            int lightness = Lightness(candidate);
            if (Math.Min(Math.Abs(lightness - first), Math.Abs(lightness - second)) >= SmallestStepToShape)
            {
                return candidate;
            }
        }

        return first + second < 256 ? (255, 255, 255) : (0, 0, 0);
    }

    private static (int R, int G, int B) Colour(SampleRandom random) => (random.Next(256), random.Next(256), random.Next(256));

    private static int Lightness((int R, int G, int B) colour) => ((77 * colour.R) + (150 * colour.G) + (29 * colour.B)) >> 8;
}

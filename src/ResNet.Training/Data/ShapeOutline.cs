using SkiaSharp;

namespace ResNet.Training;

/// <summary>Outlines of the shapes about the origin, within a radius of about 1. All can be told apart however they are turned or mirrored.</summary>
internal static class ShapeOutline
{
    private const float StarInnerRadius = 0.42f;

    /// <summary>Builds an outline; the caller disposes it.</summary>
    public static SKPath Of(ShapeKind kind)
    {
        var path = new SKPath();
        switch (kind)
        {
            case ShapeKind.Arrow:
                AddPolygon(path, (0, -1), (0.8f, -0.05f), (0.28f, -0.05f), (0.28f, 1), (-0.28f, 1), (-0.28f, -0.05f), (-0.8f, -0.05f));
                break;
            case ShapeKind.Bars:
                path.AddRect(new SKRect(-0.85f, -0.85f, -0.28f, 0.85f));
                path.AddRect(new SKRect(0.28f, -0.85f, 0.85f, 0.85f));
                break;
            case ShapeKind.Crescent:
                AddCrescent(path);
                break;
            case ShapeKind.Cross:
                AddPolygon(
                    path, (-0.3f, -1), (0.3f, -1), (0.3f, -0.3f), (1, -0.3f), (1, 0.3f), (0.3f, 0.3f), (0.3f, 1), (-0.3f, 1), (-0.3f, 0.3f),
                    (-1, 0.3f), (-1, -0.3f), (-0.3f, -0.3f));
                break;
            case ShapeKind.Diamond:
                AddPolygon(path, (0, -1.1f), (0.5f, 0), (0, 1.1f), (-0.5f, 0));
                break;
            case ShapeKind.Disc:
                path.AddCircle(0, 0, 0.88f);
                break;
            case ShapeKind.Heart:
                path.MoveTo(0, 1);
                path.CubicTo(-1.75f, -0.15f, -0.8f, -1.55f, 0, -0.35f);
                path.CubicTo(0.8f, -1.55f, 1.75f, -0.15f, 0, 1);
                path.Close();
                break;
            case ShapeKind.Hourglass:
                AddPolygon(path, (-0.75f, -0.95f), (0.75f, -0.95f), (0.1f, 0), (0.75f, 0.95f), (-0.75f, 0.95f), (-0.1f, 0));
                break;
            case ShapeKind.Ring:
                path.FillType = SKPathFillType.EvenOdd;
                path.AddCircle(0, 0, 0.92f);
                path.AddCircle(0, 0, 0.48f);
                break;
            case ShapeKind.Square:
                path.AddRect(new SKRect(-0.75f, -0.75f, 0.75f, 0.75f));
                break;
            case ShapeKind.Star:
                AddStar(path);
                break;
            case ShapeKind.Triangle:
                AddPolygon(path, (0, -1), (0.95f, 0.7f), (-0.95f, 0.7f));
                break;
            default:
                path.Dispose();
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such shape.");
        }

        return path;
    }

    private static void AddPolygon(SKPath path, params ReadOnlySpan<(float X, float Y)> corners)
    {
        path.MoveTo(corners[0].X, corners[0].Y);
        foreach ((float x, float y) in corners[1..])
        {
            path.LineTo(x, y);
        }

        path.Close();
    }

    private static void AddStar(SKPath path)
    {
        Span<(float X, float Y)> corners = stackalloc (float, float)[10];
        for (int i = 0; i < corners.Length; i++)
        {
            (double sin, double cos) = Math.SinCos(i * Math.PI / 5);
            double radius = i % 2 == 0 ? 1.05 : StarInnerRadius;
            corners[i] = ((float)(radius * sin), (float)(-radius * cos));
        }

        AddPolygon(path, corners);
    }

    // The long arc of one circle, and back along the arc of a smaller one beside it; the angles are those where the circles meet.
    private static void AddCrescent(SKPath path)
    {
        const float Shift = 0.15f;
        const double Outer = 0.95, Inner = 0.72, Distance = 0.5;
        double x = ((Distance * Distance) + (Outer * Outer) - (Inner * Inner)) / (2 * Distance);
        double y = Math.Sqrt((Outer * Outer) - (x * x));
        float outerAngle = (float)(Math.Atan2(y, x) * 180 / Math.PI);
        float innerAngle = (float)(Math.Atan2(y, x - Distance) * 180 / Math.PI);
        path.AddArc(Circle(Shift, (float)Outer), outerAngle, 360 - (2 * outerAngle));
        path.ArcTo(Circle(Shift + (float)Distance, (float)Inner), -innerAngle, (2 * innerAngle) - 360, forceMoveTo: false);
        path.Close();
    }

    private static SKRect Circle(float x, float radius) => new(x - radius, -radius, x + radius, radius);
}

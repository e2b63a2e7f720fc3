namespace ResNet.Training;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Label">The class: an index into the labels.</param>
/// <param name="Name">Its name.</param>
/// <param name="Images">Pictures of it.</param>
/// <param name="Predicted">Pictures, of any class, that the network took for it.</param>
/// <param name="Right">Pictures of it that the network took for it.</param>
public sealed record ClassScore(int Label, string Name, int Images, int Predicted, int Right)
{
    /// <summary>Of the pictures that were taken for the class, the share that are of it.</summary>
    /// <value>0 to 1; null where nothing was taken for it.</value>
    public double? Precision => Share(Right, Predicted);

    /// <summary>Of the pictures of the class, the share that were taken for it.</summary>
    /// <value>0 to 1; null where there are none.</value>
    public double? Recall => Share(Right, Images);

    /// <summary>The harmonic mean of precision and recall, computed from the counts, so that a class that is never predicted has 0.</summary>
    /// <value>0 to 1; null where the class neither occurs nor is predicted.</value>
    public double? F1 => Share(2 * Right, Images + Predicted);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}

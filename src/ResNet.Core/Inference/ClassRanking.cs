using ResNet.Imaging;

namespace ResNet.Inference;

/// <summary>Picks the most probable classes; of equal ones the first comes first, on every device and for every batch size.</summary>
internal static class ClassRanking
{
    public static IReadOnlyList<Prediction> Top(ReadOnlySpan<float> probabilities, int count, ClassLabels? labels)
    {
        int[] order = new int[probabilities.Length];
        float[] keys = new float[probabilities.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = probabilities[i];
        }

        // CompareTo puts not-a-number, which a network with broken weights answers, below every number.
        Array.Sort(order, (a, b) => keys[b].CompareTo(keys[a]) is var sign and not 0 ? sign : a.CompareTo(b));
        var top = new Prediction[Math.Min(count, order.Length)];
        for (int rank = 0; rank < top.Length; rank++)
        {
            int index = order[rank];
            top[rank] = new Prediction(index, labels?[index] ?? $"class {index}", keys[index]);
        }

        return Array.AsReadOnly(top);
    }
}

namespace ResNet.Training;

/// <summary>The most similar of many rows that come in their order; of equal ones the earlier.</summary>
internal sealed class NearestList(int capacity)
{
    private readonly List<Neighbour> _nearest = [];

    public IReadOnlyList<Neighbour> Nearest => _nearest.AsReadOnly();

    public void Offer(int index, float similarity)
    {
        if (_nearest.Count == capacity && !IsMore(similarity, _nearest[^1].Similarity))
        {
            return;
        }

        int place = _nearest.Count;
        while (place > 0 && IsMore(similarity, _nearest[place - 1].Similarity))
        {
            place--;
        }

        _nearest.Insert(place, new Neighbour(index, similarity));
        if (_nearest.Count > capacity)
        {
            _nearest.RemoveAt(capacity);
        }
    }

    /// <summary>What is no number comes after all numbers.</summary>
    private static bool IsMore(float one, float other) => one > other || (float.IsNaN(other) && !float.IsNaN(one));
}

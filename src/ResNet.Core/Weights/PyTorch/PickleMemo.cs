namespace ResNet.Weights;

/// <summary>What a pickle has put aside under a number, to use it again.</summary>
internal sealed class PickleMemo
{
    private static readonly object Unset = new();
    private object?[] _items = [];

    /// <summary>How many numbers up to the highest were used.</summary>
    public int Count { get; private set; }

    /// <summary>How many more slots a number needs; what the caller charges for them bounds the memo.</summary>
    public long GrowthFor(long index) => index < _items.Length ? 0 : Math.Max(index + 1, 2L * _items.Length) - _items.Length;

    public void Put(int index, object? value)
    {
        if (index >= _items.Length)
        {
            int old = _items.Length;
            Array.Resize(ref _items, old + (int)GrowthFor(index));
            Array.Fill(_items, Unset, old, _items.Length - old);
        }

        _items[index] = value;
        Count = Math.Max(Count, index + 1);
    }

    public bool TryGet(uint index, out object? value)
    {
        value = index < _items.Length ? _items[index] : Unset;
        return value != Unset;
    }
}

namespace ResNet.Weights;

/// <content>The stack, its marks, and what everything on it may take.</content>
internal ref partial struct PickleMachine
{
    private const int DeepestStack = 1 << 17;
    private const int MostMarks = 1 << 12;

    private void PushMark()
    {
        if (_marks.Count == MostMarks)
        {
            _in.Fail($"values are nested more than {MostMarks} deep");
        }

        _marks.Add(_stack.Count);
    }

    private void Push(object? value)
    {
        if (_stack.Count == DeepestStack)
        {
            _in.Fail($"more than {DeepestStack} values lie on the pickle's stack");
        }

        if (value is long or double)
        {
            Charge(ItemCost);
        }

        _stack.Add(value);
    }

    private readonly object? Peek()
    {
        EnsureAbove(1);
        return _stack[^1];
    }

    private object? Pop() => PopMany(1)[0];

    private readonly void DropOne()
    {
        if (_marks.Count > 0 && _marks[^1] == _stack.Count)
        {
            _marks.RemoveAt(_marks.Count - 1);
            return;
        }

        EnsureAbove(1);
        _stack.RemoveAt(_stack.Count - 1);
    }

    private object?[] PopMany(int count)
    {
        EnsureAbove(count);
        return Cut(_stack.Count - count);
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
        {
            _in.Fail("values are taken up to a mark that was never set");
        }

        int mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return Cut(mark);
    }

    private object?[] Cut(int from)
    {
        int count = _stack.Count - from;
        Charge(ItemCost + (sizeof(long) * count));
        object?[] cut = new object?[count];
        _stack.CopyTo(from, cut, 0, count);
        _stack.RemoveRange(from, count);
        return cut;
    }

    /// <summary>Values below the last mark belong to something that is not finished yet.</summary>
    private readonly void EnsureAbove(int count)
    {
        int floor = _marks.Count > 0 ? _marks[^1] : 0;
        if (_stack.Count - floor < count)
        {
            _in.Fail("an instruction takes more values than lie on the pickle's stack");
        }
    }

    private void Charge(long bytes)
    {
        _memory += bytes;
        if (_memory > _mostMemory)
        {
            _in.Fail($"the pickle asks for more than {_mostMemory >> 20} MiB of values, memo or texts, far more than names and shapes take");
        }
    }

    private void ChargeCopy(object? argument)
    {
        if (argument is PickleList list)
        {
            Charge(2L * PairCost * list.Items.Count);
        }
        else if (argument is PickleTuple tuple)
        {
            Charge(sizeof(long) * tuple.Items.Length);
            foreach (object? item in tuple.Items)
            {
                Charge(item is PickleTuple inner ? sizeof(long) * inner.Items.Length : 0);
            }
        }
    }
}

namespace ResNet.Weights;

/// <summary>
/// Runs a pickle, which is a program for a small stack machine, and knows only what weights need: plain values, lists, dictionaries, and
/// the objects of <see cref="PickleGlobals"/>. What it allocates is bounded whatever the program does, and it takes one step an instruction.
/// </summary>
internal ref partial struct PickleMachine
{
    /// <summary>The most memory that the values of a pickle may take. It has room for a ResNet-1202 with its momentum, 10,813 tensors.</summary>
    public const long MostMemory = 36L << 20;

    private const int LowestProtocol = 2;
    private const int HighestProtocol = 5;
    private const int PairCost = 40;
    private const int ItemCost = 24;
    private const int ObjectCost = 64;
    private const int CallCost = 160;

    private readonly PickleCalls _calls;
    private readonly long _mostMemory;
    private readonly PickleMemo _memo = new();
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private PickleCursor _in;
    private long _memory;

    /// <param name="file">What messages call the file.</param>
    /// <param name="bytes">The pickle, and whatever follows it.</param>
    /// <param name="fileOffset">Where in the file it begins.</param>
    /// <param name="calls">What calls do; it collects the placeholders.</param>
    /// <param name="mostMemory">The most bytes that its values may take.</param>
    public PickleMachine(string file, ReadOnlySpan<byte> bytes, long fileOffset, PickleCalls calls, long mostMemory = MostMemory)
    {
        _mostMemory = mostMemory;
        _in = new PickleCursor(file, bytes, fileOffset);
        _calls = calls;
    }

    /// <summary>How many bytes the pickle had.</summary>
    public readonly int Length => _in.Position;

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it made: null, bool, long, double, string, or one of this reader's classes.</returns>
    /// <exception cref="WeightsFormatException">An instruction or an object is not allowed, or the pickle is damaged.</exception>
    public object? Run()
    {
        if (_in.ReadOpcode() != (byte)PickleOpcode.Proto)
        {
            _in.Fail("a pickle must begin with its protocol");
        }

        CheckProtocol();
        while (true)
        {
            byte code = _in.ReadOpcode();
            if ((PickleOpcode)code == PickleOpcode.Stop)
            {
                object? result = Pop();
                if (_stack.Count > 0)
                {
                    _in.Fail($"{_stack.Count} values are left over when the pickle stops");
                }

                return result;
            }

            Execute(code);
        }
    }

    private void Execute(byte code)
    {
        switch ((PickleOpcode)code)
        {
            case PickleOpcode.Proto: CheckProtocol(); break;
            case PickleOpcode.Frame: _in.ReadFrame(); break;
            case PickleOpcode.Mark: PushMark(); break;
            case PickleOpcode.Pop: DropOne(); break;
            case PickleOpcode.PopMark: PopToMark(); break;

            case PickleOpcode.None: Push(null); break;
            case PickleOpcode.NewTrue: Push(true); break;
            case PickleOpcode.NewFalse: Push(false); break;
            case PickleOpcode.BinInt: Push((long)_in.ReadInt32()); break;
            case PickleOpcode.BinInt1: Push((long)_in.ReadByte()); break;
            case PickleOpcode.BinInt2: Push((long)_in.ReadUInt16()); break;
            case PickleOpcode.Long1: PushLong(_in.ReadByte()); break;
            case PickleOpcode.Long4: PushLong(_in.ReadInt32()); break;
            case PickleOpcode.BinFloat: Push(_in.ReadDouble()); break;

            case PickleOpcode.BinString: PushLatin1(_in.ReadInt32()); break;
            case PickleOpcode.ShortBinString: PushLatin1(_in.ReadByte()); break;
            case PickleOpcode.ShortBinUnicode: PushText(_in.ReadByte()); break;
            case PickleOpcode.BinUnicode: PushText(_in.ReadUInt32()); break;
            case PickleOpcode.BinUnicode8: PushText(_in.ReadLength8()); break;
            case PickleOpcode.ShortBinBytes: PushBytes(_in.ReadByte()); break;
            case PickleOpcode.BinBytes: PushBytes(_in.ReadUInt32()); break;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8: PushBytes(_in.ReadLength8()); break;

            case PickleOpcode.EmptyTuple: Push(PickleTuple.Empty); break;
            case PickleOpcode.Tuple: PushTuple(PopToMark()); break;
            case PickleOpcode.Tuple1: PushTuple(PopMany(1)); break;
            case PickleOpcode.Tuple2: PushTuple(PopMany(2)); break;
            case PickleOpcode.Tuple3: PushTuple(PopMany(3)); break;
            case PickleOpcode.EmptyList: PushNew(new PickleList()); break;
            case PickleOpcode.EmptyDict: PushNew(new PickleDictionary()); break;
            case PickleOpcode.Append: Append(PopMany(1)); break;
            case PickleOpcode.Appends: Append(PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;
            case PickleOpcode.EmptySet: Push(PickleOpaque.Value); break;
            case PickleOpcode.AddItems: PopToMark(); Peek(); break;
            case PickleOpcode.FrozenSet: PopToMark(); Push(PickleOpaque.Value); break;

            case PickleOpcode.BinPut: Put(_in.ReadByte()); break;
            case PickleOpcode.LongBinPut: Put(_in.ReadUInt32()); break;
            case PickleOpcode.Memoize: Put((uint)_memo.Count); break;
            case PickleOpcode.BinGet: Get(_in.ReadByte()); break;
            case PickleOpcode.LongBinGet: Get(_in.ReadUInt32()); break;

            case PickleOpcode.Global: PushGlobal($"{_in.ReadLine()}.{_in.ReadLine()}"); break;
            case PickleOpcode.StackGlobal: PushStackGlobal(); break;
            case PickleOpcode.Reduce or PickleOpcode.NewObject: Call(PopMany(2)); break;
            case PickleOpcode.NewObjectEx: CallWithKeywords(PopMany(3)); break;
            case PickleOpcode.Build: Build(PopMany(1)[0]); break;
            case PickleOpcode.BinPersistentId: PushStorage(); break;

            default: _in.Fail($"instruction 0x{code:X2} is not one that PyTorch writes"); break;
        }
    }

    private void CheckProtocol()
    {
        int protocol = _in.ReadByte();
        if (protocol is < LowestProtocol or > HighestProtocol)
        {
            _in.Fail($"the pickle is of protocol {protocol}; protocols {LowestProtocol} to {HighestProtocol} are read");
        }
    }

    private void PushNew(object value)
    {
        Charge(ObjectCost);
        Push(value);
    }

    private void PushLong(long length) => Push(_in.ReadLong(length) is { } value ? value : PickleOpaque.Value);

    private void PushText(long length)
    {
        Charge(ItemCost + (2 * Math.Min(length, MostMemory)));
        Push(_in.ReadText(length));
    }

    private void PushLatin1(long length)
    {
        Charge(ItemCost + (2 * Math.Clamp(length, 0, MostMemory)));
        Push(_in.ReadLatin1(length));
    }

    private void PushBytes(long length)
    {
        _in.Skip(length);
        Push(PickleOpaque.Value);
    }

    private void PushTuple(object?[] items) => PushNew(items.Length == 0 ? PickleTuple.Empty : new PickleTuple(items));

    private void PushGlobal(string name)
    {
        Charge(ObjectCost + (4 * name.Length));
        Push(_calls.Global(_in, name));
    }

    private void PushStackGlobal()
    {
        var names = PopMany(2);
        if (names is not [string module, string name])
        {
            _in.Fail("the name of a Python object must be two texts");
            return;
        }

        PushGlobal($"{module}.{name}");
    }

    private void PushStorage()
    {
        Charge(CallCost);
        Push(_calls.Storage(_in, Pop()));
    }

    private void Append(object?[] items)
    {
        Charge(ItemCost * items.Length);
        switch (Peek())
        {
            case PickleList list: list.Items.AddRange(items); break;
            case PicklePlaceholder or PickleOpaque: break;
            default: _in.Fail("items can be appended to lists only"); break;
        }
    }

    private void SetItems(object?[] items)
    {
        Charge(PairCost * items.Length);
        if (items.Length % 2 != 0)
        {
            _in.Fail("a dictionary is given a key without a value");
        }

        switch (Peek())
        {
            case PickleDictionary dictionary:
                for (int i = 0; i < items.Length; i += 2)
                {
                    dictionary.Pairs.Add(new(items[i], items[i + 1]));
                }

                break;
            case PicklePlaceholder or PickleOpaque: break;
            default: _in.Fail("pairs can be put into dictionaries only"); break;
        }
    }

    private void Call(object?[] calleeAndArguments)
    {
        Charge(CallCost);
        if (calleeAndArguments[1] is not PickleTuple { Items: var arguments })
        {
            _in.Fail("the arguments of a call must be a tuple");
            return;
        }

        // What the memo holds can be passed again and again, and is copied each time.
        foreach (object? argument in arguments)
        {
            ChargeCopy(argument);
        }

        Push(PickleCalls.Call(_in, calleeAndArguments[0], arguments));
    }

    private void CallWithKeywords(object?[] items)
    {
        if (items[2] is not PickleDictionary { Pairs.Count: 0 } && items[0] is not PicklePlaceholder)
        {
            _in.Fail("an object that weights are made of takes no named arguments");
        }

        Call(items[..2]);
    }

    /// <summary>Gives an object its attributes. Those of an ordered dictionary (PyTorch keeps versions of modules there) say nothing of weights.</summary>
    private void Build(object? state)
    {
        if (Peek() is not (PickleDictionary or PicklePlaceholder or PickleOpaque or PickleTensor))
        {
            _in.Fail("this value has no attributes that could be set");
        }

        if (state is not (PickleDictionary or PickleTuple or PicklePlaceholder or PickleOpaque or null))
        {
            _in.Fail("attributes are set by a dictionary only");
        }
    }

    private void Put(uint index)
    {
        object? value = Peek();
        Charge(sizeof(long) * 2 * _memo.GrowthFor(index));
        _memo.Put((int)index, value);
    }

    private void Get(uint index)
    {
        if (!_memo.TryGet(index, out object? value))
        {
            _in.Fail($"value {index} of the memo is used before it is put there");
        }

        Push(value);
    }
}

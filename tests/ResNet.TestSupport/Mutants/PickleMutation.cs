using System.Buffers.Binary;
using ResNet.TestSupport.Checkpoints;

namespace ResNet.TestSupport.Mutants;

/// <summary>Changes instructions of a pickle.</summary>
internal static class PickleMutation
{
    private static readonly byte[][] Names =
    [
        .. new[]
        {
            "cposix\nsystem\n", "cbuiltins\neval\n", "ctorch\nFloatStorage\n", "ctorch\nBoolStorage\n", "ctorch\nDoubleStorage\n", "ctorch\nUntypedStorage\n",
            "ctorch\nQInt8Storage\n", "ctorch\nSize\n", "ctorch\ndevice\n", "ctorch\nfloat32\n", "ccollections\nOrderedDict\n", "ccollections\ndefaultdict\n",
            "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_tensor_v3\n", "ctorch._utils\n_rebuild_tensor\n", "ctorch._utils\n_rebuild_parameter\n",
            "ctorch._utils\n_rebuild_parameter_with_state\n", "ctorch.nn.parameter\nParameter\n", "ctorch._tensor\n_rebuild_from_type_v2\n",
            "cnumpy\ndtype\n", "cnumpy.core.multiarray\nscalar\n", "c\n\n",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>A mutant of the pickles at the start of a file; what follows them stays.</summary>
    public static byte[] Of(byte[] bytes, Random random)
    {
        var instructions = PickleScan.Instructions(bytes);
        if (instructions.Count == 0)
        {
            return ByteMutation.Once(bytes, random);
        }

        var pieces = instructions.ConvertAll(range => bytes[range]);
        byte[] rest = bytes[instructions[^1].End..];
        for (int changes = random.Next(1, 4); changes > 0 && pieces.Count > 0; changes--)
        {
            Change(pieces, random);
        }

        return [.. pieces.SelectMany(piece => piece), .. rest];
    }

    private static void Change(List<byte[]> pieces, Random random)
    {
        int at = random.Next(pieces.Count);
        switch (random.Next(9))
        {
            case 0:
                pieces.RemoveAt(at);
                break;
            case 1:
                pieces.Insert(random.Next(pieces.Count), pieces[at]);
                break;
            case 2:
                int other = random.Next(pieces.Count);
                (pieces[at], pieces[other]) = (pieces[other], pieces[at]);
                break;
            case 3:
                pieces.Insert(at, Any(random));
                break;
            case 4:
                pieces[at] = Any(random);
                break;
            case 5:
                Globals(pieces, random);
                break;
            case 6:
                Repeat(pieces, at, random);
                break;
            default:
                pieces[at] = WithArgument(pieces, at, random);
                break;
        }
    }

    private static void Globals(List<byte[]> pieces, Random random)
    {
        var places = Enumerable.Range(0, pieces.Count).Where(i => pieces[i][0] == PickleOp.Global).ToList();
        if (places.Count > 0)
        {
            pieces[places[random.Next(places.Count)]] = Names[random.Next(Names.Length)];
        }
    }

    /// <summary>A run of instructions again and again: loops are what a pickle does not have.</summary>
    private static void Repeat(List<byte[]> pieces, int at, Random random)
    {
        var run = pieces.GetRange(at, Math.Min(random.Next(1, 12), pieces.Count - at));
        for (int times = random.Next(1, 40); times > 0; times--)
        {
            pieces.InsertRange(at, run);
        }
    }

    /// <summary>A number that matters in place of a number or a length.</summary>
    private static byte[] WithArgument(List<byte[]> pieces, int at, Random random)
    {
        var places = Enumerable.Range(0, pieces.Count).Where(i => PickleScan.WidthOfArgument(pieces[i][0]) > 0 && pieces[i].Length > 1).ToList();
        if (places.Count == 0)
        {
            return pieces[at];
        }

        int place = places[random.Next(places.Count)];
        byte opcode = pieces[place][0];
        if (opcode is PickleOp.BinInt1 or PickleOp.BinInt2 or PickleOp.BinInt)
        {
            pieces[place] = new PickleBytes().Number(ByteMutation.Number(random)).ToArray();
            return pieces[at];
        }

        byte[] changed = (byte[])pieces[place].Clone();
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, ByteMutation.Number(random));
        number[..Math.Min(PickleScan.WidthOfArgument(opcode), changed.Length - 1)].CopyTo(changed.AsSpan(1));
        pieces[place] = changed;
        return pieces[at];
    }

    /// <summary>Any instruction, with an argument that it may or may not take.</summary>
    private static byte[] Any(Random random)
    {
        if (random.Next(4) == 0)
        {
            return Names[random.Next(Names.Length)];
        }

        byte opcode = random.Next(20) == 0 ? (byte)random.Next(256) : PickleOp.All[random.Next(PickleOp.All.Length)];
        byte[] argument = new byte[PickleScan.WidthOfArgument(opcode)];
        if (argument.Length > 0 && random.Next(2) == 0)
        {
            argument[0] = (byte)random.Next(8);
        }
        else
        {
            random.NextBytes(argument);
        }

        return [opcode, .. argument];
    }
}

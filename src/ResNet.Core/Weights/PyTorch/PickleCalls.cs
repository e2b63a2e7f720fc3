namespace ResNet.Weights;

/// <summary>What the calls of a pickle do: a fixed handful of cases, each of which checks its arguments and makes one of this reader's values.</summary>
/// <param name="allowUnknown">Whether objects outside the allow-list become placeholders instead of an error.</param>
internal sealed class PickleCalls(bool allowUnknown)
{
    private const int MostPlaceholders = 1000;
    private const int LongestKey = 256;
    private const string StorageTag = "storage";

    private readonly SortedSet<string> _placeholders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _elementSizes = new(StringComparer.Ordinal);

    /// <summary>Names of the objects that were replaced.</summary>
    public IReadOnlyList<string> Placeholders => [.. _placeholders];

    /// <summary>For each storage that was named, the size of one of its values in bytes.</summary>
    public IReadOnlyDictionary<string, int> ElementSizes => _elementSizes;

    public object Global(PickleCursor at, string name)
    {
        if (PickleGlobals.Find(name) is { } known)
        {
            return known;
        }

        if (!allowUnknown)
        {
            // What a pickled module is made of; settings and numbers come from elsewhere.
            bool isModel = name.StartsWith("torch.nn.modules.", StringComparison.Ordinal) || name.StartsWith("torchvision.models.", StringComparison.Ordinal);
            at.Refuse(isModel
                ? $"the file holds a whole model (torch.save(model)), which is a program: it asks for the Python class {ShapeText.Quote(name)}. "
                + "Nothing of it was executed. Save the weights alone: torch.save(model.state_dict(), path)."
                : $"the pickle asks for the Python object {ShapeText.Quote(name)}, which is not one that weights are made of; nothing of the file was executed. "
                + "If the object is harmless (training settings, numpy numbers), pass AllowUnknownGlobals = true (--allow-unknown-globals): it becomes an inert "
                + "placeholder. Where the whole model was saved (torch.save(model)), save model.state_dict() instead.");
        }

        if (_placeholders.Add(name) && _placeholders.Count > MostPlaceholders)
        {
            at.Fail($"the pickle asks for more than {MostPlaceholders} Python objects that are not known");
        }

        return new PicklePlaceholder(name);
    }

    public static object? Call(PickleCursor at, object? callee, object?[] arguments)
    {
        switch (callee)
        {
            case PicklePlaceholder placeholder:
                return placeholder;
            case PickleGlobal { Kind: PickleGlobalKind.Inert }:
                return PickleOpaque.Value;
            case PickleGlobal { Kind: PickleGlobalKind.Dictionary }:
                return OrderedDictionary(at, arguments);
            case PickleGlobal { Kind: PickleGlobalKind.Tensor }:
                return PickleTensors.Rebuild(at, arguments);
            case PickleGlobal { Kind: PickleGlobalKind.Parameter }:
                return arguments is [PickleTensor data, ..] ? data : Wrong(at, "a parameter must be made of a tensor");
            case PickleGlobal { Kind: PickleGlobalKind.FromType }:
                // One level only: what it calls must be a builder of tensors itself.
                return arguments is [PickleGlobal { Kind: PickleGlobalKind.Tensor or PickleGlobalKind.Parameter } builder, _, PickleTuple inner, ..]
                    ? Call(at, builder, inner.Items)
                    : Wrong(at, "a tensor with attributes must be made by a function that makes tensors");
            case PickleGlobal { Kind: PickleGlobalKind.Size }:
                return arguments is [PickleTuple size] ? size : Wrong(at, "a size must be made of a tuple");
            default:
                return Wrong(at, "the pickle calls something that is no function");
        }
    }

    /// <summary>What a persistent id stands for: ('storage', class, key, location, count) and, in old files, where it lies in another one.</summary>
    public PickleStorage Storage(PickleCursor at, object? id)
    {
        if (id is not PickleTuple { Items: [StorageTag, var storageClass, string key, _, long count, .. var rest] } || rest.Length > 1)
        {
            at.Fail("a reference to data outside the pickle must be ('storage', class, key, location, count)");
            return null!;
        }

        if (storageClass is not PickleGlobal { Kind: PickleGlobalKind.Storage } type)
        {
            at.Fail("the type of a storage must be one of torch's storage classes");
            return null!;
        }

        if (key.Length is 0 or > LongestKey)
        {
            at.Fail($"the key of a storage has {key.Length} characters; 1 to {LongestKey} are read");
        }

        if (count < 0 || count > long.MaxValue / type.ElementSize)
        {
            at.Fail($"storage {ShapeText.Quote(key)} is said to have {count} values");
        }

        if (!_elementSizes.TryAdd(key, type.ElementSize) && _elementSizes[key] != type.ElementSize)
        {
            at.Fail($"storage {ShapeText.Quote(key)} has values of {_elementSizes[key]} bytes in one place and of {type.ElementSize} in another");
        }

        return rest switch
        {
            [] or [null] => new PickleStorage(key, type.Type, type.ElementSize, count, 0, count),
            [PickleTuple { Items: [_, long first, long length] }] when first >= 0 && length >= 0 && length <= count - first =>
                new PickleStorage(key, type.Type, type.ElementSize, count, first, length),
            _ => Outside(at, key),
        };
    }

    /// <summary>Python 3 makes it empty and fills it; Python 2 passes a list of pairs.</summary>
    private static PickleDictionary OrderedDictionary(PickleCursor at, object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments is [PickleList pairs])
        {
            foreach (object? pair in pairs.Items)
            {
                object?[]? items = pair switch
                {
                    PickleTuple tuple => tuple.Items,
                    PickleList { Items.Count: 2 } list => [.. list.Items],
                    _ => null,
                };
                if (items is not [var key, var value])
                {
                    at.Fail("an ordered dictionary must be made of pairs");
                    return dictionary;
                }

                dictionary.Pairs.Add(new(key, value));
            }
        }
        else if (arguments.Length > 0)
        {
            at.Fail("an ordered dictionary must be made of a list of pairs");
        }

        return dictionary;
    }

    private static PickleStorage Outside(PickleCursor at, string key)
    {
        at.Fail($"a part of storage {ShapeText.Quote(key)} lies outside of it");
        return null!;
    }

    private static PickleOpaque Wrong(PickleCursor at, string found)
    {
        at.Fail(found);
        return PickleOpaque.Value;
    }
}

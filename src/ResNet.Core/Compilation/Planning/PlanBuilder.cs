namespace ResNet.Compilation;

/// <summary>Works out the steps of a network for pictures of one size: the size of every map, and where in memory it lies.</summary>
internal sealed class PlanBuilder
{
    private readonly FusedNetwork _network;
    private readonly int _images;
    private readonly bool _reusesMemory;
    private readonly MemoryPlanner _memory = new();
    private readonly PictureSource _pictures = new();
    private readonly int[] _lastUsers;
    private readonly MapPlace[] _maps;
    private readonly List<PlanStep> _steps = [];

    private PlanBuilder(FusedNetwork network, int images, bool reusesMemory)
    {
        _network = network;
        _images = images;
        _reusesMemory = reusesMemory;
        _maps = new MapPlace[network.Operations.Count];
        _lastUsers = Enumerable.Repeat(int.MaxValue, network.Operations.Count).ToArray();
        for (int i = 0; i < network.Operations.Count; i++)
        {
            foreach (int input in network.Operations[i].Inputs)
            {
                _lastUsers[input] = i;
            }
        }
    }

    /// <param name="network">The network.</param>
    /// <param name="height">Height of the pictures.</param>
    /// <param name="width">Width of the pictures.</param>
    /// <param name="images">Pictures at a time, at most.</param>
    /// <param name="reusesMemory">False keeps every map, for a look at them.</param>
    public static ExecutionPlan Build(FusedNetwork network, int height, int width, int images, bool reusesMemory = true)
    {
        var builder = new PlanBuilder(network, images, reusesMemory);
        for (int i = 0; i < network.Operations.Count; i++)
        {
            builder.Add(i, height, width);
        }

        return new ExecutionPlan(builder._steps, builder._maps, builder._pictures, builder._memory.Size, images);
    }

    private void Add(int index, int height, int width)
    {
        var format = _network.Operations[index].Format;
        switch (_network.Operations[index])
        {
            case PictureOperation picture:
                var padded = Place(index, height + (2 * picture.Padding), width + (2 * picture.Padding));
                _steps.Add(new PictureStep(picture.Channels, height, width, picture.Padding, format.Kind) { Target = padded.Offset, Pictures = _pictures });
                break;
            case ConvolutionOperation convolution:
                Convolve(index, convolution);
                break;
            case WinogradOperation convolution:
                Convolve(index, convolution);
                break;
            case ScaleOperation scale:
                var scaled = Place(index, _maps[scale.Input].Height, _maps[scale.Input].Width, over: scale.Input);
                _steps.Add(new ScaleStep(scaled.Height * scaled.Width, scale.Scale, scale.Relu, format.Kind) { Source = _maps[scale.Input].Offset, Target = scaled.Offset });
                break;
            case ZeroPadOperation pad:
                var subsampled = Geometry(pad.Input, kernelSize: 1, pad.Stride, padding: 0);
                var shortcut = Place(index, subsampled.OutHeight, subsampled.OutWidth);
                _steps.Add(new ZeroPadStep(subsampled, pad.Channels, pad.Offset) { Source = _maps[pad.Input].Offset, Target = shortcut.Offset });
                break;
            case PoolOperation { KernelSize: { } size } pool:
                var window = Geometry(pool.Input, size, pool.Stride, pool.Padding);
                var greatest = Place(index, window.OutHeight, window.OutWidth);
                _steps.Add(new MaxPoolStep(window) { Source = _maps[pool.Input].Offset, Target = greatest.Offset });
                break;
            case PoolOperation pool:
                var average = Place(index, 1, 1);
                int positions = _maps[pool.Input].Height * _maps[pool.Input].Width;
                _steps.Add(new AveragePoolStep(positions, pool.Channels, Format(pool.Input), format.Kind) { Source = _maps[pool.Input].Offset, Target = average.Offset });
                break;
            case var other:
                throw new NotSupportedException($"There is no step for {other.Name}.");
        }

        foreach (int input in _network.Operations[index].Inputs.Where(input => _reusesMemory && _lastUsers[input] == index && _maps[input].Offset != _maps[index].Offset))
        {
            _memory.Free(_maps[input].Offset);
        }
    }

    private void Convolve(int index, ConvolutionOperation operation)
    {
        var geometry = Geometry(operation.Input, operation.KernelSize, operation.Stride, operation.Padding);
        var target = Place(index, geometry.OutHeight, geometry.OutWidth, over: operation.Shortcut);
        _steps.Add(new ConvolutionStep(geometry, operation.Packed, operation.Format, operation.Shortcut is { } added ? Format(added) : null)
        {
            Source = _maps[operation.Input].Offset,
            Target = target.Offset,
            Shortcut = operation.Shortcut is { } shortcut ? _maps[shortcut].Offset : null,
            Relu = operation.Relu,
        });
    }

    private void Convolve(int index, WinogradOperation operation)
    {
        var geometry = Geometry(operation.Input, kernelSize: 3, stride: 1, operation.Padding);
        var target = Place(index, geometry.OutHeight, geometry.OutWidth, over: operation.Shortcut);
        _steps.Add(new WinogradStep(geometry, operation.Packed)
        {
            Source = _maps[operation.Input].Offset,
            Target = target.Offset,
            Shortcut = operation.Shortcut is { } shortcut ? _maps[shortcut].Offset : null,
            Relu = operation.Relu,
        });
    }

    private PatchGeometry Geometry(int input, int kernelSize, int stride, int padding) =>
        new(_maps[input].Height, _maps[input].Width, _network.Operations[input].Channels, kernelSize, stride, padding, Format(input).Kind);

    private MapFormat Format(int operation) => _network.Operations[operation].Format;

    /// <param name="index">The operation whose result it is.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="over">A map of the same shape that the operation reads position by position: the result takes its place if nobody else needs it
    /// and its numbers have the same size.</param>
    private MapPlace Place(int index, int height, int width, int? over = null)
    {
        bool takesPlace = _reusesMemory && over is { } old && _lastUsers[old] == index && Format(old).Kind == Format(index).Kind;
        long bytes = (long)_images * height * width * _network.Operations[index].Channels * Format(index).Kind.Size();
        return _maps[index] = new MapPlace(height, width, takesPlace ? _maps[over!.Value].Offset : _memory.Take(bytes));
    }
}

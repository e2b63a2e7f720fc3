namespace ResNet.Analysis;

/// <summary>Where the outputs of a stage lie on the picture.</summary>
/// <param name="Name">As in the state dictionary: <c>layer1</c> to <c>layer4</c>, conv2_x to conv5_x of Table 1; <c>stem</c> for what stands before them.</param>
/// <param name="Channels">Channels that it puts out.</param>
/// <param name="Field">The receptive field of its outputs. It takes the longest way through every block, which sees all that shorter ways see.</param>
public sealed record StageGeometry(string Name, int Channels, ReceptiveField Field)
{
    /// <summary>Works out the fields of a network from its options; nothing is built or run.</summary>
    /// <param name="options">The network.</param>
    /// <returns>The stem and every stage, from the first to the last: of ResNet-50 the last has a field of 427 pixels and a stride of 32.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be built; every fault is listed.</exception>
    public static IReadOnlyList<StageGeometry> Of(ResNetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.EnsureValid();
        var field = options.Stem == StemKind.ImageNet
            ? ReceptiveField.Pixel.Then(kernel: 7, stride: 2, padding: 3).Then(kernel: 3, stride: 2, padding: 1)
            : ReceptiveField.Pixel.Then(kernel: 3, stride: 1, padding: 1);
        List<StageGeometry> stages = [new("stem", options.BaseWidth, field)];
        int expansion = options.Block == BlockKind.Basic ? 1 : 4;
        for (int stage = 0; stage < options.BlocksPerStage.Count; stage++)
        {
            for (int block = 0; block < options.BlocksPerStage[stage]; block++)
            {
                field = After(field, options, stride: stage > 0 && block == 0 ? 2 : 1);
            }

            stages.Add(new StageGeometry($"layer{stage + 1}", (options.BaseWidth << stage) * expansion, field));
        }

        return stages.AsReadOnly();
    }

    private static ReceptiveField After(ReceptiveField field, ResNetOptions options, int stride) => (options.Block, options.BottleneckStride) switch
    {
        (BlockKind.Basic, _) => field.Then(3, stride, 1).Then(3, 1, 1),
        (_, StridePlacement.First1x1) => field.Then(1, stride, 0).Then(3, 1, 1),
        _ => field.Then(3, stride, 1),
    };
}

namespace ResNet.Core.Tests;

public sealed class ResNetOptionsTests
{
    [Fact]
    public void Options_with_different_lists_of_the_same_counts_are_equal()
    {
        var copy = ResNetOptions.ResNet50 with { BlocksPerStage = new List<int> { 3, 4, 6, 3 } };
        copy.Should().Be(ResNetOptions.ResNet50);
        copy.GetHashCode().Should().Be(ResNetOptions.ResNet50.GetHashCode());
        (copy == ResNetOptions.ResNet50).Should().BeTrue();
    }

    private static readonly ResNetOptions[] Changed =
    [
        ResNetOptions.ResNet50 with { Block = BlockKind.Basic },
        ResNetOptions.ResNet50 with { BlocksPerStage = [3, 4, 6] },
        ResNetOptions.ResNet50 with { BlocksPerStage = [3, 4, 6, 4] },
        ResNetOptions.ResNet50 with { Stem = StemKind.Cifar },
        ResNetOptions.ResNet50 with { BaseWidth = 32 },
        ResNetOptions.ResNet50 with { InputChannels = 1 },
        ResNetOptions.ResNet50 with { Shortcut = ShortcutOption.C },
        ResNetOptions.ResNet50 with { ZeroPadding = ZeroPadding.Both },
        ResNetOptions.ResNet50 with { BottleneckStride = StridePlacement.First1x1 },
        ResNetOptions.ResNet50 with { Residual = false },
        ResNetOptions.ResNet50 with { PreActivation = true },
        ResNetOptions.ResNet50 with { Groups = 32 },
        ResNetOptions.ResNet50 with { WidthPerGroup = 128 },
        ResNetOptions.ResNet50 with { ClassCount = 10 },
        ResNetOptions.ResNet50 with { ZeroInitResidual = true },
        ResNetOptions.ResNet50 with { Initialization = Initialization.Torchvision },
    ];

    [Fact]
    public void Every_option_counts_in_a_comparison() => Changed.Should().OnlyContain(changed => changed != ResNetOptions.ResNet50);

    [Fact]
    public void The_comparison_test_covers_every_option()
    {
        var settable = typeof(ResNetOptions).GetProperties().Where(property => property.CanWrite).ToList();
        settable.Should().OnlyContain(property => Array.Exists(Changed, options => Differs(property, options)));
    }

    private static bool Differs(System.Reflection.PropertyInfo property, ResNetOptions options) =>
        !Equals(property.GetValue(options), property.GetValue(ResNetOptions.ResNet50));

    [Fact]
    public void Every_fault_is_listed_with_the_value_found_and_the_values_allowed()
    {
        var options = ResNetOptions.ResNet18 with
        {
            Shortcut = (ShortcutOption)7,
            BlocksPerStage = [2, 0, 2],
            BaseWidth = 0,
            InputChannels = -3,
            Groups = 2,
            ClassCount = 0,
            PreActivation = true,
            ZeroInitResidual = true,
        };

        FluentActions.Invoking(() => new ResNetModel(options)).Should().Throw<InvalidOptionsException>().Which.Message.Should().Be(
            """
            ResNetOptions: 7 faults.
            - Shortcut is 7; it must be one of A, B, C.
            - BlocksPerStage is [2, 0, 2]; every number must be 1 or more.
            - BaseWidth is 0; it must be 1 or more.
            - InputChannels is -3; it must be 1 or more.
            - ClassCount is 0; it must be 1 or more.
            - Groups is 2 and WidthPerGroup is 64; basic blocks allow 1 and 64 only (use bottlenecks).
            - ZeroInitResidual is true; it must be false here, since a pre-activation block ends in a convolution.
            """);
    }

    [Fact]
    public void A_wrong_number_of_stages_is_a_fault()
    {
        (ResNetOptions.ResNet18 with { BlocksPerStage = [] }).Faults().Should().Equal("BlocksPerStage is 0 numbers; it must be 1 to 4 numbers.");
        (ResNetOptions.ResNet18 with { BlocksPerStage = [1, 1, 1, 1, 1] }).Faults().Should().Equal("BlocksPerStage is 5 numbers; it must be 1 to 4 numbers.");
        (ResNetOptions.ResNet18 with { BlocksPerStage = null! }).Faults().Should().Equal("BlocksPerStage is null; it must be 1 to 4 numbers.");
    }

    [Fact]
    public void Groups_without_channels_are_a_fault() =>
        (ResNetOptions.ResNet50 with { BaseWidth = 16, WidthPerGroup = 3 }).Faults()
            .Should().Equal("WidthPerGroup is 3; with BaseWidth 16 it leaves a group no channel, so it must be 4 or more.");

    [Fact]
    public void Presets_have_no_faults()
    {
        ResNetOptions[] presets =
        [
            ResNetOptions.ResNet18, ResNetOptions.ResNet34, ResNetOptions.ResNet50, ResNetOptions.ResNet101, ResNetOptions.ResNet152,
            ResNetOptions.Cifar(20), ResNetOptions.Cifar(164, BlockKind.Bottleneck),
        ];
        presets.Should().OnlyContain(options => options.Faults().Count == 0);
        presets.Select(options => options.Depth).Should().Equal(18, 34, 50, 101, 152, 20, 164);
    }

    [Theory]
    [InlineData(21, BlockKind.Basic, "A CIFAR network of Basic blocks has 6n+2 layers; the nearest depths are 20 and 26.")]
    [InlineData(165, BlockKind.Bottleneck, "A CIFAR network of Bottleneck blocks has 9n+2 layers; the nearest depths are 164 and 173.")]
    [InlineData(2, BlockKind.Basic, "A CIFAR network of Basic blocks has 6n+2 layers; the nearest depths are 8 and 14.")]
    [InlineData(-5, BlockKind.Basic, "A CIFAR network of Basic blocks has 6n+2 layers; the nearest depths are 8 and 14.")]
    public void Depths_that_no_CIFAR_network_has_name_the_nearest(int depth, BlockKind block, string message) =>
        FluentActions.Invoking(() => ResNetOptions.Cifar(depth, block)).Should().Throw<ArgumentOutOfRangeException>()
            .Which.Message.Should().StartWith(message).And.Contain($"{depth}");

    [Fact]
    public void CIFAR_bottlenecks_stride_first_and_put_out_64_128_256()
    {
        var options = ResNetOptions.Cifar(29, BlockKind.Bottleneck);
        using var model = new ResNetModel(options);
        options.BottleneckStride.Should().Be(StridePlacement.First1x1);
        model.FeatureCount.Should().Be(256);
        options.Depth.Should().Be(29);
    }

    [Fact]
    public void One_fault_is_called_one() =>
        new InvalidOptionsException("Options", ["A is 1; it must be 2."]).Message.Should().Be("Options: 1 fault.\n- A is 1; it must be 2.");

    [Fact]
    public void A_product_of_possible_numbers_may_be_an_impossible_network()
    {
        var wide = ResNetOptions.ResNet50 with { Groups = 100_000, WidthPerGroup = 100_000 };
        var many = ResNetOptions.ResNet18 with { ClassCount = 5_000_000 };

        wide.Faults().Should().ContainSingle().Which.Should().StartWith("The network would have ").And.EndWith("Lower BaseWidth, ClassCount, WidthPerGroup or Groups.");
        many.Faults().Should().Equal("The network would have 2571166912 weights; it must be at most 2147483647. Lower BaseWidth, ClassCount, WidthPerGroup or Groups.");
    }

    [Fact]
    public void The_deepest_and_the_widest_networks_of_the_literature_are_possible()
    {
        ResNetOptions.Cifar(1202).Faults().Should().BeEmpty();
        ResNetOptions.Cifar(1001, BlockKind.Bottleneck).Faults().Should().BeEmpty();
        (ResNetOptions.ResNet101 with { Groups = 32, WidthPerGroup = 48 }).Faults().Should().BeEmpty();
        (ResNetOptions.ResNet50 with { ClassCount = 21_843, WidthPerGroup = 256 }).Faults().Should().BeEmpty();
    }
}

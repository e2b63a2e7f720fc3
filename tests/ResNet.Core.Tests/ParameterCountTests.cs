namespace ResNet.Core.Tests;

public sealed class ParameterCountTests
{
    public static TheoryData<string, ShortcutOption, long> ImageNet { get; } = new()
    {
        { "resnet18", ShortcutOption.B, 11_689_512 },
        { "resnet34", ShortcutOption.A, 21_623_848 },
        { "resnet34", ShortcutOption.B, 21_797_672 },
        { "resnet34", ShortcutOption.C, 22_716_840 },
        { "resnet50", ShortcutOption.B, 25_557_032 },
        { "resnet101", ShortcutOption.B, 44_549_160 },
        { "resnet152", ShortcutOption.B, 60_192_808 },
    };

    [Theory]
    [MemberData(nameof(ImageNet))]
    public void Counts_are_those_of_Table_1(string name, ShortcutOption shortcut, long expected) =>
        Count(OracleNetworks.Options(name, 1000) with { Shortcut = shortcut }).Should().Be(expected);

    [Theory]
    [InlineData(20, 0.27)]
    [InlineData(32, 0.46)]
    [InlineData(44, 0.66)]
    [InlineData(56, 0.85)]
    [InlineData(110, 1.7)]
    [InlineData(1202, 19.4)]
    public void CIFAR_networks_are_as_large_as_in_Table_6(int depth, double millions)
    {
        int digits = depth < 100 ? 2 : 1;
        Math.Round(Count(ResNetOptions.Cifar(depth)) / 1e6, digits).Should().Be(millions);
    }

    [Fact]
    public void Groups_and_width_per_group_make_ResNeXt_and_wide_networks()
    {
        Count(ResNetOptions.ResNet50 with { Groups = 32, WidthPerGroup = 4 }).Should().Be(25_028_904);
        Count(ResNetOptions.ResNet50 with { WidthPerGroup = 128 }).Should().Be(68_883_240);
    }

    private static long Count(ResNetOptions options)
    {
        using var model = new ResNetModel(options);
        return model.parameters().Sum(parameter => parameter.numel());
    }
}

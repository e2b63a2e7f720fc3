using ResNet.Shortcuts;
using TorchSharp;

namespace ResNet.Core.Tests.Shortcuts;

public sealed class ShortcutTests
{
    [Theory]
    [InlineData(ShortcutOption.A, 16, 16, 1, typeof(IdentityShortcut))]
    [InlineData(ShortcutOption.A, 16, 32, 2, typeof(ZeroPadShortcut))]
    [InlineData(ShortcutOption.A, 16, 32, 1, typeof(ZeroPadShortcut))]
    [InlineData(ShortcutOption.B, 16, 16, 1, typeof(IdentityShortcut))]
    [InlineData(ShortcutOption.B, 16, 32, 2, typeof(ProjectionShortcut))]
    [InlineData(ShortcutOption.B, 16, 64, 1, typeof(ProjectionShortcut))]
    [InlineData(ShortcutOption.C, 16, 16, 1, typeof(ProjectionShortcut))]
    [InlineData(ShortcutOption.C, 16, 32, 2, typeof(ProjectionShortcut))]
    public void Options_take_the_shortcuts_of_section_4_1(ShortcutOption option, int inChannels, int outChannels, int stride, Type expected)
    {
        using var shortcut = ShortcutFactory.Create(option, inChannels, outChannels, stride);
        shortcut.Should().BeOfType(expected);
    }

    [Fact]
    public void An_unknown_option_is_refused() =>
        FluentActions.Invoking(() => ShortcutFactory.Create((ShortcutOption)9, 1, 1, 1)).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData(ZeroPadding.After, 0)]
    [InlineData(ZeroPadding.Both, 3)]
    public void Zero_padding_puts_the_channels_in_their_place(ZeroPadding padding, int firstChannel)
    {
        using var scope = torch.NewDisposeScope();
        using var shortcut = new ZeroPadShortcut(2, 8, 2, padding);
        var input = torch.randn(1, 2, 5, 5);

        var sum = shortcut.call(torch.zeros(1, 8, 3, 3), input);

        for (int channel = 0; channel < 8; channel++)
        {
            int source = channel - firstChannel;
            for (int i = 0; i < 9; i++)
            {
                float expected = source is 0 or 1 ? input[0, source, 2 * (i / 3), 2 * (i % 3)].item<float>() : 0;
                sum[0, channel, i / 3, i % 3].item<float>().Should().Be(expected, $"channel {channel}, position {i}");
            }
        }
    }

    [Theory]
    [InlineData(ShortcutOption.A)]
    [InlineData(ShortcutOption.B)]
    [InlineData(ShortcutOption.C)]
    public void Shortcuts_add_into_the_branch_and_leave_the_input_alone(ShortcutOption option)
    {
        using var scope = torch.NewDisposeScope();
        using var shortcut = ShortcutFactory.Create(option, 4, 8, 2);
        var input = torch.randn(2, 4, 6, 6);
        var branch = torch.randn(2, 8, 3, 3);
        (var inputBefore, var branchBefore) = (input.clone(), branch.clone());

        using var noGrad = torch.no_grad();
        shortcut.call(branch, input).Should().BeSameAs(branch);

        torch.all(input == inputBefore).item<bool>().Should().BeTrue();
        torch.all(branch == branchBefore).item<bool>().Should().BeFalse();
    }

    [Fact]
    public void A_projection_equals_a_strided_convolution_and_its_normalisation()
    {
        using var scope = torch.NewDisposeScope();
        using var shortcut = new ProjectionShortcut(4, 6, 2);
        shortcut.eval();
        var input = torch.randn(2, 4, 7, 5);

        var projected = shortcut.call(torch.zeros(2, 6, 4, 3), input);

        var expected = torch.nn.functional.conv2d(input, shortcut.state_dict()["0.weight"], strides: [2, 2]) / Math.Sqrt(1 + 1e-5);
        (projected - expected).abs().max().item<float>().Should().BeLessThan(1e-5f);
    }

    [Fact]
    public void Gradients_flow_through_zero_padding_to_the_kept_pixels_only()
    {
        using var scope = torch.NewDisposeScope();
        using var shortcut = new ZeroPadShortcut(2, 4, 2, ZeroPadding.After);
        var input = torch.zeros([1, 2, 4, 4], requires_grad: true);

        (shortcut.call(torch.zeros(1, 4, 2, 2), input) * 3).sum().backward();

        input.grad!.sum().item<float>().Should().Be(3 * 2 * 4);
        input.grad![0, 0, 0, 0].item<float>().Should().Be(3);
        input.grad![0, 0, 1, 1].item<float>().Should().Be(0);
    }

    [Fact]
    public void Zero_padding_cannot_take_channels_away() =>
        FluentActions.Invoking(() => new ZeroPadShortcut(8, 4, 1, ZeroPadding.After)).Should().Throw<ArgumentOutOfRangeException>();
}

using System.Text.RegularExpressions;

namespace ResNet.Weights;

/// <summary>
/// Names of what training programs keep in the same dictionary as the network: PyTorch Lightning the weights of a loss
/// (<c>criterion.weight</c>) and metrics, torch.optim.swa_utils the count of averaged networks (<c>n_averaged</c>).
/// </summary>
internal static partial class TrainingNames
{
    public static bool Contains(ReadOnlySpan<char> name) => Usual().IsMatch(name);

    [GeneratedRegex(
        @"^(n_averaged$|(criterion|criteria|loss(es)?|loss_?(fn|func|function|weights?)|[a-z]+_loss|([a-z]+_)?(metrics?|acc|accuracy)|optimizers?|(lr_)?schedulers?)([._0-9]|$))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Usual();
}

namespace ResNet.Cli.Tests;

/// <summary>Tests that change variables of the environment, which every process that is started meanwhile would inherit: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OwnEnvironment
{
    public const string Name = "own environment";
}

namespace ResNet.Cli;

/// <summary>What <c>resnet benchmark</c> can measure.</summary>
internal enum BenchmarkEngine
{
    /// <summary>The network itself.</summary>
    Eager,

    /// <summary>The compiled network in float32.</summary>
    Compiled,

    /// <summary>The compiled network in bfloat16.</summary>
    BFloat16,
}

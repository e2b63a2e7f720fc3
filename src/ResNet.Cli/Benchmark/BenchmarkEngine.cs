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

    /// <summary>The compiled network in int8, calibrated on random pictures: how fast it is depends on none.</summary>
    Int8,
}

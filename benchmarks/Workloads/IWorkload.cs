namespace ResNet.Benchmarks.Workloads;

/// <summary>What a child process does.</summary>
internal interface IWorkload
{
    /// <summary>Does the work once, warm-up included.</summary>
    /// <returns>The number measured.</returns>
    double Run();
}

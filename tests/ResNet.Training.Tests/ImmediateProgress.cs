namespace ResNet.Training.Tests;

/// <summary>Reports on the reporting thread; <see cref="Progress{T}"/> posts to another one.</summary>
internal sealed class ImmediateProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}

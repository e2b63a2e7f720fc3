namespace ResNet.Core.Tests.Downloading;

/// <summary>The context of a user interface whose only thread waits: what is posted to it never runs.</summary>
internal sealed class BlockedContext : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
    }
}

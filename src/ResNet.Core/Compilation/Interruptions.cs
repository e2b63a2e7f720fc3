namespace ResNet.Compilation;

/// <summary>
/// What <see cref="Thread.Interrupt"/> asked of a thread while it waited for something that it must not leave half done: memory that others are working on, or a turn
/// that nobody else would hand on. It waits on, and hears of it afterwards.
/// </summary>
internal struct Interruptions
{
    private bool _any;

    /// <summary>The thread was interrupted.</summary>
    public void Add() => _any = true;

    /// <summary>The next time that the thread waits for anything, it is interrupted.</summary>
    public readonly void PassOn()
    {
        if (_any)
        {
            Thread.CurrentThread.Interrupt();
        }
    }
}

namespace ResNet.Compilation;

/// <summary>
/// What <see cref="Thread.Interrupt"/> asked of a thread while it waited for something that it must not leave half done: memory that others are working on, or a turn
/// that nobody else would hand on. It waits on, and hears of it afterwards.
/// </summary>
internal struct Interruptions
{
    private bool _any;

    /// <summary>Waits, until it is done or the thread is interrupted.</summary>
    /// <returns>False where it was interrupted.</returns>
    public bool Try<T>(T on, Action<T> wait)
    {
        try
        {
            wait(on);
            return true;
        }
        catch (ThreadInterruptedException)
        {
            _any = true;
            return false;
        }
    }

    /// <summary>Waits until it is done. Only for what may be begun anew when it was interrupted.</summary>
    public void Insist<T>(T on, Action<T> wait)
    {
        while (!Try(on, wait))
        {
        }
    }

    /// <summary>The next time that the thread waits for anything, it is interrupted.</summary>
    public readonly void PassOn()
    {
        if (_any)
        {
            Thread.CurrentThread.Interrupt();
        }
    }
}

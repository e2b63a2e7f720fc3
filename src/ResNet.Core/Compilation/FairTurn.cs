namespace ResNet.Compilation;

/// <summary>
/// A lock whose holders come in the order in which they asked. A usual lock goes to whoever is awake, so that a caller that asks again at once gets it again and
/// again, and others wait for hundreds of passes.
/// </summary>
internal sealed class FairTurn
{
    private readonly object _gate = new();
    private bool _isTaken;
    private bool _isHandedOver;
    private int _waiterCount;

    /// <summary>Waits for its turn, which lasts until the holder is disposed. Interrupting the thread does not end the wait.</summary>
    public Holder Take()
    {
        var interruptions = new Interruptions();
        for (bool waits = false; !TryTake(ref waits, ref interruptions);)
        {
        }

        interruptions.PassOn();
        return new Holder(this);
    }

    /// <returns>False where the thread was interrupted: it still counts as one that waits, if it did.</returns>
    private bool TryTake(ref bool waits, ref Interruptions interruptions)
    {
        try
        {
            lock (_gate)
            {
                if (!waits && !_isTaken)
                {
                    _isTaken = true;
                    return true;
                }

                // Monitor wakes waiters in order, one for each turn that is handed over; who comes meanwhile finds it taken.
                bool isNew = !waits;
                if (isNew)
                {
                    (waits, _waiterCount) = (true, _waiterCount + 1);
                }

                while (isNew || !_isHandedOver)
                {
                    Monitor.Wait(_gate);
                    isNew = false;
                }

                _isHandedOver = false;
                _waiterCount--;
                return true;
            }
        }
        catch (ThreadInterruptedException)
        {
            interruptions.Add();
            return false;
        }
    }

    private void HandOver()
    {
        var interruptions = new Interruptions();
        while (!TryHandOver(ref interruptions))
        {
        }

        interruptions.PassOn();
    }

    private bool TryHandOver(ref Interruptions interruptions)
    {
        try
        {
            lock (_gate)
            {
                if (_waiterCount > 0)
                {
                    _isHandedOver = true;
                    Monitor.Pulse(_gate);
                }
                else
                {
                    _isTaken = false;
                }

                return true;
            }
        }
        catch (ThreadInterruptedException)
        {
            interruptions.Add();
            return false;
        }
    }

    /// <summary>Ends a turn.</summary>
    public readonly struct Holder(FairTurn turn) : IDisposable
    {
        public void Dispose() => turn.HandOver();
    }
}

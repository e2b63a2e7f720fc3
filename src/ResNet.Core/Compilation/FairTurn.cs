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
        interruptions.Insist(_gate, Monitor.Enter);
        if (!_isTaken)
        {
            _isTaken = true;
        }
        else
        {
            // Monitor wakes waiters in order, one for each turn that is handed over; who comes meanwhile finds it taken.
            _waiterCount++;
            do
            {
                // Who was interrupted may have missed being woken, so looks as well.
                _ = interruptions.Try(_gate, static gate => Monitor.Wait(gate));
            }
            while (!_isHandedOver);
            _isHandedOver = false;
            _waiterCount--;
        }

        Monitor.Exit(_gate);
        interruptions.PassOn();
        return new Holder(this);
    }

    private void HandOver()
    {
        var interruptions = new Interruptions();
        interruptions.Insist(_gate, Monitor.Enter);
        if (_waiterCount > 0)
        {
            _isHandedOver = true;
            Monitor.Pulse(_gate);
        }
        else
        {
            _isTaken = false;
        }

        Monitor.Exit(_gate);
        interruptions.PassOn();
    }

    /// <summary>Ends a turn.</summary>
    public readonly struct Holder(FairTurn turn) : IDisposable
    {
        public void Dispose() => turn.HandOver();
    }
}

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

    /// <summary>Waits for its turn, which lasts until the holder is disposed.</summary>
    public Holder Take()
    {
        lock (_gate)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return new Holder(this);
            }

            // Monitor wakes waiters in order, one for each turn that is handed over; who comes meanwhile finds it taken.
            _waiterCount++;
            do
            {
                Monitor.Wait(_gate);
            }
            while (!_isHandedOver);
            _isHandedOver = false;
            _waiterCount--;
            return new Holder(this);
        }
    }

    private void HandOver()
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
        }
    }

    /// <summary>Ends a turn.</summary>
    public readonly struct Holder(FairTurn turn) : IDisposable
    {
        public void Dispose() => turn.HandOver();
    }
}

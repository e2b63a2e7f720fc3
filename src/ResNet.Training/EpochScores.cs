namespace ResNet.Training;

/// <summary>Loss and errors of the training pictures of one epoch, as the network was when it saw each of them.</summary>
internal sealed class EpochScores
{
    private double _lossSum;
    private long _wrong;
    private long _images;

    public double MeanLoss => _lossSum / _images;

    public double Error => (double)_wrong / _images;

    public void Add(double meanLoss, long correct, int images)
    {
        _lossSum += meanLoss * images;
        _wrong += images - correct;
        _images += images;
    }
}

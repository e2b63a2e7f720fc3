namespace ResNet.Training;

/// <summary>What one mini-batch came to before the step: its mean loss in nats, and how many of its pictures were right.</summary>
internal readonly record struct BatchScores(double Loss, long Correct, int Images)
{
    public double Error => (double)(Images - Correct) / Images;
}

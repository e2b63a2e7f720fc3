namespace ResNet.Training;

/// <summary>What one mini-batch came to before the step: its mean loss in nats, how many of its images were right, and the weight of its loss beside others'.</summary>
internal readonly record struct BatchScores(double Loss, long Correct, int Images, double LossWeight)
{
    public double Error => (double)(Images - Correct) / Images;
}

namespace ResNet.Training;

/// <summary>Where in a run the loader stands. Epoch and batch are all there is to save: with the loader's options they determine every batch that follows.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Batch">The next batch of the epoch, from 0.</param>
public readonly record struct LoaderPosition(int Epoch, int Batch);

using ResNet.Weights;

namespace ResNet.Training.Tests;

public sealed class TrainerFingerprintTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(32);
    private readonly SyntheticShapes _validation = TinyNetwork.Shapes(8, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_best_and_the_last_weights_say_what_they_were_trained_on_and_selected_by()
    {
        Fit(TinyNetwork.Options);

        foreach (string name in new[] { "best.safetensors", "last.safetensors" })
        {
            var fingerprint = Description(name).Fingerprint!;
            SeenImages.Find(_train, fingerprint).TrainedCount.Should().Be(32);
            SeenImages.Find(_validation, fingerprint).SelectedCount.Should().Be(8);
            SeenImages.Find(TinyNetwork.Shapes(10, seed: 2), fingerprint).SeenCount.Should().Be(0);
        }

        File.ReadLines(_folder.PathTo("data-split.csv")).Should().HaveCount(41);
    }

    [Fact]
    public void Weights_that_shall_not_say_it_do_not_but_the_run_they_lie_in_does()
    {
        Fit(TinyNetwork.Options with { SaveFingerprint = false });

        string best = _folder.PathTo("best.safetensors");
        var description = Description("best.safetensors");
        description.Fingerprint.Should().BeNull();
        SeenImages.Find(_train, RunDirectory.FindFingerprint(best, description)!).TrainedCount.Should().Be(32);
        File.Copy(best, _folder.PathTo("published.safetensors"));
        RunDirectory.FindFingerprint(_folder.PathTo("published.safetensors"), description).Should().BeNull("a file of that folder may come from anywhere");
    }

    [Fact]
    public void What_the_first_weights_were_trained_on_is_seen_as_well()
    {
        var earlier = TinyNetwork.Shapes(6, seed: 7);
        var fingerprint = Leakage(earlier);

        Fit(TinyNetwork.Options with { InitialFingerprint = fingerprint });

        SeenImages.Find(earlier, Description("best.safetensors").Fingerprint!).TrainedCount.Should().Be(6);
    }

    private static TrainingFingerprint Leakage(IImageDataset images) => DataSplit.Of(images, null, 1, default).ToFingerprint();

    private ModelDescription Description(string name) => ModelFile.ReadDescription(_folder.PathTo(name));

    private void Fit(TrainingOptions options)
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(model, options with { Iterations = 2, OutputDirectory = _folder.Root }).Fit(_train, _validation);
    }
}

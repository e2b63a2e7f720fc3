using System.Reflection;
using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class PresetTests
{
    private const int ImageNetIterationsPerEpoch = 1_281_167 / 256;

    public static TheoryData<string> Names => [.. Presets().Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_preset_can_be_used_as_it_is(string name) => Preset(name).Faults().Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_preset_makes_pictures_of_one_size_out_of_photos_of_any(string name)
    {
        var options = Preset(name);
        var photos = new TinyDataset(8, index => TinyDataset.Picture(index, 300 + (10 * index), 280));
        var loader = new BatchLoader(photos, new LoaderOptions
        {
            BatchSize = 8,
            WorkerCount = 1,
            Preprocessing = options.AugmentWholePicture ? null : options.Preprocessing,
            Normalization = options.Preprocessing.Normalization,
            Augmentation = options.Augmentation,
        });

        using var batch = loader.Epoch(0).Single();

        batch.Images.shape[0].Should().Be(8);
        batch.Images.shape[2].Should().Be(batch.Images.shape[3]).And.BeLessThanOrEqualTo(options.Preprocessing.CropSize);
    }

    [Theory]
    [InlineData(nameof(TrainingOptions.Photos), 30)]
    [InlineData(nameof(TrainingOptions.Photos), 810)]
    [InlineData(nameof(TrainingOptions.SmallPictures), 30)]
    [InlineData(nameof(TrainingOptions.Shapes), 500)]
    public void Fresh_networks_warm_up_by_a_fiftieth_an_iteration_and_get_their_statistics_from_twenty_batches(string name, int iterations)
    {
        var options = Preset(name);

        var state = options.Schedule.Start(iterations, 9);

        Enumerable.Range(0, 9).Select(state.FactorAt).Should().Equal(Enumerable.Range(1, 9).Select(i => i / 50.0), (a, b) => Math.Abs(a - b) < 1e-12);
        options.RecomputeBatchNormPictures.Should().Be(20 * options.BatchSize);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(31_999, 0.1)]
    [InlineData(32_000, 0.01)]
    [InlineData(48_000, 0.001)]
    public void PaperCifar10_has_the_papers_rates(int iteration, double rate) =>
        Rate(TrainingOptions.PaperCifar10, TrainingOptions.PaperCifar10.Schedule.Start(64_000, 351), iteration).Should().BeApproximately(rate, 1e-12);

    [Theory]
    [InlineData(20, 0.1)]
    [InlineData(56, 0.1)]
    [InlineData(110, 0.01)]
    [InlineData(1202, 0.01)]
    public void Deep_CIFAR_networks_begin_with_a_tenth_of_the_rate(int depth, double rate)
    {
        var options = TrainingOptions.PaperCifar10For(depth);

        options.Faults().Should().BeEmpty();
        Rate(options, options.Schedule.Start(64_000, 351), 0).Should().BeApproximately(rate, 1e-12);
    }

    [Fact]
    public void PaperImageNet_divides_the_rate_by_ten_at_a_plateau_only()
    {
        var options = TrainingOptions.PaperImageNet;
        var state = options.Schedule.Start(600_000, ImageNetIterationsPerEpoch);

        Rate(options, state, 599_999).Should().Be(0.1);
        for (int epoch = 0; epoch < 8; epoch++)
        {
            state.AfterValidation(0.5);
        }

        Rate(options, state, 0).Should().BeApproximately(0.01, 1e-12);
    }

    [Theory]
    [InlineData(0, 0.005)]
    [InlineData(6255, 0.5)]
    [InlineData(375_300, 0.25)]
    [InlineData(750_599, 0)]
    public void Modern_warms_up_for_five_epochs_and_ends_at_zero(int iteration, double rate) =>
        Rate(TrainingOptions.Modern, TrainingOptions.Modern.Schedule.Start(600 * 1251, 1251), iteration).Should().BeApproximately(rate, 1e-4);

    [Fact]
    public void Fine_tuning_keeps_the_preprocessing_of_the_weights_and_makes_photos_as_small()
    {
        var own = Preprocessing.ImageNetV2;
        TrainingOptions.FineTuneFor(own).Preprocessing.Should().Be(own);
        TrainingOptions.FineTuneFor(Preprocessing.Cifar10).Preprocessing.Should().Be(Preprocessing.Cifar10 with { ResizeShorterSide = 32 });
    }

    private static double Rate(TrainingOptions options, LearningRateState state, int iteration) => options.LearningRate * state.FactorAt(iteration);

    private static TrainingOptions Preset(string name) => (TrainingOptions)Presets().Single(preset => preset.Name == name).GetValue(null)!;

    private static IEnumerable<PropertyInfo> Presets() =>
        typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == typeof(TrainingOptions));
}

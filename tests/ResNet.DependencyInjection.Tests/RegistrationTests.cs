using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ResNet.Compilation;
using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.DependencyInjection.Tests;

public sealed class RegistrationTests(ModelFolder files) : IClassFixture<ModelFolder>
{
    [Fact]
    public void A_path_is_enough()
    {
        using var services = new ServiceCollection().AddImageClassifier(files.Complete).BuildServiceProvider();
        var classifier = services.GetRequiredService<ImageClassifier>();
        classifier.Labels.Should().Equal(ModelFolder.Labels);
        classifier.Classify(files.Picture).Should().HaveCount(3);
        services.GetRequiredService<ImageClassifier>().Should().BeSameAs(classifier);
    }

    [Fact]
    public void A_file_of_weights_alone_takes_its_network_from_the_options()
    {
        using var services = new ServiceCollection().AddImageClassifier(options =>
        {
            options.WeightsPath = files.Bare;
            options.Network = ModelFolder.Network;
            options.Preprocessing = Preprocessing.Cifar10;
            options.Labels = ModelFolder.Labels;
        }).BuildServiceProvider();
        services.GetRequiredService<ImageClassifier>().Classify(files.Picture, 1)[0].Label.Should().BeOneOf(ModelFolder.Labels);
    }

    [Fact]
    public void The_engine_is_what_the_options_say()
    {
        using var services = new ServiceCollection()
            .AddKeyedImageClassifier("usual", files.Complete)
            .AddKeyedImageClassifier("eager", options => (options.WeightsPath, options.Engine) = (files.Complete, EngineChoice.Eager))
            .BuildServiceProvider();
        services.GetRequiredKeyedService<ImageClassifier>("usual").Engine.Compiled.Should().NotBeNull();
        services.GetRequiredKeyedService<ImageClassifier>("eager").Engine.Compiled.Should().BeNull();
    }

    [Fact]
    public void The_folder_of_the_calibration_is_read()
    {
        using var services = new ServiceCollection()
            .AddKeyedImageClassifier("checked", options => (options.WeightsPath, options.CalibrationFolder) = (files.Complete, files.Root))
            .AddKeyedImageClassifier(
                "bytes", options => (options.WeightsPath, options.Precision, options.CalibrationFolder) = (files.Complete, CompilePrecision.Int8, files.Root))
            .BuildServiceProvider();

        services.GetRequiredKeyedService<ImageClassifier>("checked").Engine.Compiled!.Error.Should().NotBeNull("a remembered check was of other pictures");
        var report = services.GetRequiredKeyedService<ImageClassifier>("bytes").Engine.Compiled!;
        (report.Precision == CompilePrecision.Int8 || report.Notes.Any(note => note.Contains("int8", StringComparison.Ordinal))).Should().BeTrue(report.ToString());
    }

    [Fact]
    public void Keys_tell_classifiers_apart()
    {
        using var services = new ServiceCollection()
            .AddKeyedImageClassifier("described", files.Complete)
            .AddKeyedImageClassifier("numbered", options => options.Create = _ => Unlabelled())
            .BuildServiceProvider();
        services.GetRequiredKeyedService<ImageClassifier>("described").Labels.Should().NotBeNull();
        services.GetRequiredKeyedService<ImageClassifier>("numbered").Labels.Should().BeNull();
        services.GetService<ImageClassifier>().Should().BeNull();
        new ServiceCollection().Invoking(collection => collection.AddKeyedImageClassifier("", files.Complete)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Registering_twice_configures_one_classifier()
    {
        using var services = new ServiceCollection().AddImageClassifier(files.Missing).AddImageClassifier(files.Complete).BuildServiceProvider();
        services.GetServices<ImageClassifier>().Should().ContainSingle();
    }

    [Fact]
    public void Nothing_is_loaded_before_it_is_asked_for()
    {
        int made = 0;
        var services = new ServiceCollection().AddImageClassifier(options => options.Create = _ =>
        {
            made++;
            return Unlabelled();
        }).BuildServiceProvider();
        made.Should().Be(0);
        services.GetRequiredService<ImageClassifier>();
        made.Should().Be(1);
        services.Dispose();
    }

    [Fact]
    public void The_container_disposes_the_classifier()
    {
        var services = new ServiceCollection().AddImageClassifier(files.Complete).AddKeyedImageClassifier("second", files.Complete).BuildServiceProvider();
        ImageClassifier[] classifiers = [services.GetRequiredService<ImageClassifier>(), services.GetRequiredKeyedService<ImageClassifier>("second")];
        services.Dispose();
        foreach (var classifier in classifiers)
        {
            classifier.Invoking(c => c.Classify(files.Picture)).Should().Throw<ObjectDisposedException>();
        }
    }

    [Fact]
    public void A_factory_without_a_result_is_an_error()
    {
        using var services = new ServiceCollection().AddImageClassifier(options => options.Create = _ => null!).BuildServiceProvider();
        services.Invoking(s => s.GetRequiredService<ImageClassifier>()).Should().Throw<InvalidOperationException>()
            .WithMessage("ImageClassifierOptions.Create made no classifier; it must not return null.");
    }

    [Fact]
    public void Options_that_cannot_be_used_are_refused_before_anything_is_loaded()
    {
        using var services = new ServiceCollection().AddKeyedImageClassifier("pets", files.Missing).BuildServiceProvider();
        services.Invoking(s => s.GetRequiredKeyedService<ImageClassifier>("pets")).Should().Throw<OptionsValidationException>().WithMessage(
            $"ImageClassifierOptions of 'pets': WeightsPath is {files.Missing}, which does not exist; name a file of weights "
            + $"(the current folder is {Environment.CurrentDirectory}).");
    }

    private static ImageClassifier Unlabelled() => new(new ResNetModel(ModelFolder.Network), Preprocessing.Cifar10);
}

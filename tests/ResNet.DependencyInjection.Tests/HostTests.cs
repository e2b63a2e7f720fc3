using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;

namespace ResNet.DependencyInjection.Tests;

public sealed class HostTests(ModelFolder files) : IClassFixture<ModelFolder>
{
    [Fact]
    public async Task Classifiers_are_made_at_the_start_where_the_options_say_so()
    {
        List<string> made = [];
        using var host = Build(
            services => services
                .AddImageClassifier(options => (options.Create, options.LoadAtStart) = (_ => Make("default"), true))
                .AddKeyedImageClassifier("early", options => (options.Create, options.LoadAtStart) = (_ => Make("early"), true))
                .AddKeyedImageClassifier("late", options => options.Create = _ => Make("late")));
        await host.StartAsync();
        made.Should().Equal("default", "early");
        host.Services.GetRequiredKeyedService<ImageClassifier>("late");
        made.Should().Equal("default", "early", "late");
        await host.StopAsync();

        ImageClassifier Make(string name)
        {
            made.Add(name);
            return new ImageClassifier(new ResNetModel(ModelFolder.Network), Preprocessing.Cifar10);
        }
    }

    [Fact]
    public async Task Options_are_checked_at_the_start_even_where_nothing_is_loaded()
    {
        using var host = Build(services => services.AddImageClassifier(files.Missing).AddKeyedImageClassifier("pets", _ => { }));
        var fault = await Record.ExceptionAsync(() => host.StartAsync());
        fault.Should().BeOfType<AggregateException>().Which.InnerExceptions.Should().AllBeOfType<OptionsValidationException>()
            .And.Contain(inner => inner.Message.Contains("which does not exist"))
            .And.Contain(inner => inner.Message.Contains("'pets': none of WeightsPath, Pretrained and Create is given"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_loaded_fails_the_start_that_asks_for_it()
    {
        using var host = Build(services => services.AddImageClassifier(options => (options.WeightsPath, options.LoadAtStart) = (files.Picture, true)));
        await host.Invoking(h => h.StartAsync()).Should().ThrowAsync<WeightsFormatException>();
    }

    [Fact]
    public void Loading_is_told_to_the_log()
    {
        var log = new ListLogger();
        using var host = Build(services => services.AddImageClassifier(files.Complete).AddKeyedImageClassifier("broken", files.Picture), log);
        host.Services.GetRequiredService<ImageClassifier>();
        host.Services.Invoking(s => s.GetRequiredKeyedService<ImageClassifier>("broken")).Should().Throw<WeightsFormatException>();
        log.Entries.Should().HaveCount(4);
        log.Entries[0].Should().Be((LogLevel.Debug, "ResNet.Inference.ImageClassifier", $"Loading an image classifier from {files.Complete}."));
        log.Entries[1].Level.Should().Be(LogLevel.Information);
        log.Entries[1].Text.Should().MatchRegex("^Loaded an image classifier from .*: 8 layers, 3 classes, .*, in [0-9.]+ s\\.$");
        log.Entries[3].Should().Be((LogLevel.Error, "ResNet.Inference.ImageClassifier", $"Loading an image classifier from {files.Picture} failed."));
    }

    private static IHost Build(Action<IServiceCollection> add, ListLogger? log = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddMetrics();
        add(builder.Services);
        if (log is not null)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        }

        return builder.Build();
    }
}

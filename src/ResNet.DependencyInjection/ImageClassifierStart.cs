using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ResNet.Inference;

namespace ResNet.DependencyInjection;

/// <summary>Makes the classifiers whose options say so when the host starts.</summary>
internal sealed class ImageClassifierStart(
    IServiceProvider services, IEnumerable<ImageClassifierRegistration> registrations, IOptionsMonitor<ImageClassifierOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var registration in registrations.Where(registration => options.Get(registration.Name).LoadAtStart))
        {
            await Task.Run(() => Resolve(registration.Name), cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private ImageClassifier Resolve(string name) => name.Length == 0
        ? services.GetRequiredService<ImageClassifier>()
        : services.GetRequiredKeyedService<ImageClassifier>(name);
}

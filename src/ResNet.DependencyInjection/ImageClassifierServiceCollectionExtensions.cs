using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ResNet.DependencyInjection;
using ResNet.Inference;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers classifiers of pictures: singletons that may be used from many threads and that the container disposes.</summary>
/// <remarks>
/// Registering twice under one key configures one classifier twice. The options can be changed by <c>services.Configure</c> as well; their name
/// is the key. They are read once: a later change makes no other classifier.
/// </remarks>
public static class ImageClassifierServiceCollectionExtensions
{
    /// <summary>Registers the <see cref="ImageClassifier"/> of a file that says its network and its preprocessing.</summary>
    /// <param name="services">The services.</param>
    /// <param name="weightsPath">The file of weights.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddImageClassifier(this IServiceCollection services, string weightsPath) =>
        services.AddImageClassifier(options => options.WeightsPath = weightsPath);

    /// <summary>Registers an <see cref="ImageClassifier"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, such as <c>options => section.Bind(options)</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddImageClassifier(this IServiceCollection services, Action<ImageClassifierOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddSingleton(provider => ImageClassifierFactory.Make(provider, Options.Options.DefaultName));
        return services.AddOptionsOf(Options.Options.DefaultName, configure);
    }

    /// <summary>Registers, under a key, the <see cref="ImageClassifier"/> of a file that says its network and its preprocessing.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key, and the name of the options; not empty. Measurements carry it as <c>resnet.classifier.name</c>.</param>
    /// <param name="weightsPath">The file of weights.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    public static IServiceCollection AddKeyedImageClassifier(this IServiceCollection services, string key, string weightsPath) =>
        services.AddKeyedImageClassifier(key, options => options.WeightsPath = weightsPath);

    /// <summary>Registers an <see cref="ImageClassifier"/> under a key, for programs with several.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key, and the name of the options; not empty. Measurements carry it as <c>resnet.classifier.name</c>.</param>
    /// <param name="configure">Sets the options, such as <c>options => section.Bind(options)</c>.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    public static IServiceCollection AddKeyedImageClassifier(this IServiceCollection services, string key, Action<ImageClassifierOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentException.ThrowIfNullOrEmpty(key);
        services.TryAddKeyedSingleton(key, (provider, _) => ImageClassifierFactory.Make(provider, key));
        return services.AddOptionsOf(key, configure);
    }

    private static IServiceCollection AddOptionsOf(this IServiceCollection services, string name, Action<ImageClassifierOptions> configure)
    {
        services.AddOptions<ImageClassifierOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImageClassifierOptions>, ImageClassifierOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ImageClassifierStart>());
        services.AddSingleton(new ImageClassifierRegistration(name));
        return services;
    }
}

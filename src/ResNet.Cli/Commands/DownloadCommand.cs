using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Downloading;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary><c>resnet download</c>: fetches published weights or a data set into the cache and prints where they lie.</summary>
internal static class DownloadCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("download", "Fetches published weights or a data set, checks the file, and prints its path.");
        var name = new Argument<string?>("name") { Description = "Such as resnet50, resnet50.imagenet1k_v1 or cifar10; --list shows all.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Option<bool>("--list") { Description = "Show the names that there are." };
        var cache = new Option<string?>("--cache") { Description = $"The folder that keeps the files; default: {DownloadOptions.CacheVariable}, or the user's cache folder." };
        var mirror = new Option<string?>("--mirror") { Description = $"A server to ask instead of the real one, such as https://mirror.example/models; default: {DownloadOptions.MirrorVariable}." };
        var verify = new Option<bool>("--verify") { Description = "Hash a file that is there already, and fetch it anew where it is damaged." };
        var json = CommonOptions.Json();
        mirror.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && ParseMirror(text) is null)
            {
                result.AddError($"--mirror is '{text}'; it must be an address that begins with https:// or http://.");
            }
        });
        cache.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && string.IsNullOrWhiteSpace(text))
            {
                result.AddError("--cache is empty; name a folder, or leave it out.");
            }
        });
        command.Arguments.Add(name);
        Option[] options = [list, cache, mirror, verify, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(list))
            {
                Show(terminal, parsed.GetValue(json));
                return ExitCode.Done;
            }

            var archive = DatasetArchives.Find(parsed.GetValue(name));
            var model = archive is null ? Find(parsed.GetValue(name)) : null;
            var download = new DownloadOptions { VerifyCached = parsed.GetValue(verify) };
            download = parsed.GetValue(cache) is { } folder ? download with { CacheFolder = folder } : download;
            download = parsed.GetValue(mirror) is { } server ? download with { Mirror = ParseMirror(server) } : download;
            string path = model is not null ? new PretrainedFile(terminal, stop).Fetch(model, download) : Fetch(terminal, archive!, download, stop);
            if (parsed.GetValue(json))
            {
                var result = model is not null ? ToJson(model) : ToJson(parsed.GetValue(name)!.ToLowerInvariant(), archive!);
                result["file"] = path;
                result["bytes"] = new FileInfo(path).Length;
                terminal.WriteJson(result);
            }
            else
            {
                terminal.Out.Say($"{path}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Fetch(Terminal terminal, DownloadRequest request, DownloadOptions options, CancellationToken stop)
    {
        using var downloader = new FileDownloader(options);
        return DownloadDisplay.Show(terminal.Error, progress => downloader.GetAsync(request, progress, stop).GetAwaiter().GetResult());
    }

    private static PretrainedModel Find(string? name)
    {
        if (name is null)
        {
            throw new UsageException("Say which weights to fetch, such as 'resnet download resnet50'; 'resnet download --list' shows all names.");
        }

        try
        {
            return PretrainedWeights.Find(name);
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(FaultText.Of(fault));
        }
    }

    private static Uri? ParseMirror(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var mirror) && (mirror.Scheme == Uri.UriSchemeHttps || mirror.Scheme == Uri.UriSchemeHttp) ? mirror : null;

    private static void Show(Terminal terminal, bool asJson)
    {
        if (asJson)
        {
            terminal.WriteJson(new JsonArray([.. PretrainedWeights.All.Select(model => (JsonNode)ToJson(model))]));
            return;
        }

        var table = new TextTable().Column("name").Column("parameters", isNumber: true).Column("top-1", isNumber: true).Column("top-5", isNumber: true);
        foreach (var model in PretrainedWeights.All)
        {
            table.Row(model.Name, $"{model.ParameterCount:N0}", $"{model.Top1Accuracy:P2}", $"{model.Top5Accuracy:P2}");
        }

        table.Print(terminal.Out);
        terminal.Out.Say("A network's name alone, such as resnet50, means its most accurate weights.");
        foreach (var (name, content, _) in DatasetArchives.All)
        {
            terminal.Out.Say($"{name}: a data set, {content}");
        }
    }

    private static JsonObject ToJson(string name, DownloadRequest request) => new()
    {
        ["name"] = name,
        ["url"] = request.Url.AbsoluteUri,
        ["sha256"] = request.Sha256,
    };

    private static JsonObject ToJson(PretrainedModel model) => new()
    {
        ["name"] = model.Name,
        ["url"] = model.Url.AbsoluteUri,
        ["sha256"] = model.Sha256,
        ["parameters"] = model.ParameterCount,
        ["top1Accuracy"] = model.Top1Accuracy,
        ["top5Accuracy"] = model.Top5Accuracy,
        ["source"] = model.Source,
    };
}

using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Downloading;
using ResNet.Weights;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary><c>resnet download</c>: fetches published weights into the cache and prints where they lie.</summary>
internal static class DownloadCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("download", "Fetches published weights, checks them, and prints the path of the file.");
        var name = new Argument<string?>("name") { Description = "Such as resnet50 or resnet50.imagenet1k_v1; --list shows all.", Arity = ArgumentArity.ZeroOrOne };
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

            var model = Find(parsed.GetValue(name));
            var download = new DownloadOptions { VerifyCached = parsed.GetValue(verify) };
            download = parsed.GetValue(cache) is { } folder ? download with { CacheFolder = folder } : download;
            download = parsed.GetValue(mirror) is { } server ? download with { Mirror = ParseMirror(server) } : download;
            string path = new PretrainedFile(terminal, stop).Fetch(model, download);
            if (parsed.GetValue(json))
            {
                var result = ToJson(model);
                result["file"] = path;
                result["bytes"] = new FileInfo(path).Length;
                Terminal.WriteJson(result);
            }
            else
            {
                terminal.Out.Say(path);
            }

            return ExitCode.Done;
        });
        return command;
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
            Terminal.WriteJson(new JsonArray([.. PretrainedWeights.All.Select(model => (JsonNode)ToJson(model))]));
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("name");
        table.AddColumn(new TableColumn("parameters").RightAligned());
        table.AddColumn(new TableColumn("top-1").RightAligned());
        table.AddColumn(new TableColumn("top-5").RightAligned());
        foreach (var model in PretrainedWeights.All)
        {
            table.AddRow(model.Name, $"{model.ParameterCount:N0}", $"{model.Top1Accuracy:P2}", $"{model.Top5Accuracy:P2}");
        }

        terminal.Out.Write(table);
        terminal.Out.Say("A network's name alone, such as resnet50, means its most accurate weights.");
    }

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

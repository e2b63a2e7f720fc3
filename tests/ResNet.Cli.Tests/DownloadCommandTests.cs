using System.Text.Json.Nodes;
using ResNet.Weights;

namespace ResNet.Cli.Tests;

public sealed class DownloadCommandTests : IDisposable
{
    private const string Name = "resnet20-cifar.cifar10_akamaster";
    private const string FileName = "resnet20-12fca82f.th";
    private readonly TemporaryFolder _folder = new();

    private static byte[] Content => File.ReadAllBytes(Oracle.PathTo("weights", FileName));

    private string Target => _folder.PathTo("cache", FileName);

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_file_is_fetched_and_its_path_printed()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var server = new TestServer(exchange => exchange.FileAsync(Content));

        var (code, output, errors) = Download(server);

        code.Should().Be(0, errors);
        output.Trim().Should().Be(Target);
        errors.Should().Contain($"{FileName}: 0.0 of 1.1 MB").And.Contain($"{FileName}: 1.1 of 1.1 MB");
        File.ReadAllBytes(Target).Should().Equal(Content);
        server.Exchanges.Should().ContainSingle().Which.Path.Should().Be($"/akamaster/pytorch_resnet_cifar10/raw/master/pretrained_models/{FileName}");
    }

    [SkippableFact]
    public void A_second_run_needs_no_server_and_says_the_same_in_JSON()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var server = new TestServer(exchange => exchange.FileAsync(Content));
        Download(server).ExitCode.Should().Be(0);
        server.Dispose();

        var (code, output, errors) = Download(server, "--json");

        code.Should().Be(0, errors);
        errors.Should().BeEmpty();
        var document = JsonNode.Parse(output)!;
        document["file"]!.GetValue<string>().Should().Be(Target);
        document["bytes"]!.GetValue<int>().Should().Be(Content.Length);
        document["name"]!.GetValue<string>().Should().Be(Name);
    }

    [SkippableFact]
    public void A_killed_download_is_gone_on_with_and_leaves_no_lock()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var server = new TestServer(exchange => Half(exchange, Content));

        // The end of the block kills it by SIGKILL: nothing of the program runs after that.
        using (Start(server))
        {
            WaitForPart(500_000);
        }

        var (code, _, errors) = Download(server);

        code.Should().Be(0, errors);
        server.Exchanges.Select(exchange => exchange.RangeStart).Should().Equal(null, 500_000);
        File.ReadAllBytes(Target).Should().Equal(Content);
    }

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_a_download_and_keeps_what_came(string signal, int exitCode)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        Signals.SkipUnlessHeard(signal);
        using var server = new TestServer(exchange => Half(exchange, Content));
        using var process = Start(server);
        WaitForPart(500_000);

        process.Send(signal);

        process.Finish().ExitCode.Should().Be(exitCode);
        new FileInfo(Target + ".part").Length.Should().Be(500_000);
        File.Exists(Target).Should().BeFalse();
    }

    [SkippableFact]
    public void Two_processes_at_once_download_once()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var server = new TestServer(async exchange =>
        {
            await Task.Delay(1000, exchange.End);
            await exchange.FileAsync(Content);
        });
        using var first = Start(server);
        using var second = Start(server);

        first.Finish().Should().BeEquivalentTo((0, Target + Environment.NewLine), options => options.Including(it => it.Item1).Including(it => it.Item2));
        second.Finish().Should().BeEquivalentTo((0, Target + Environment.NewLine), options => options.Including(it => it.Item1).Including(it => it.Item2));
        server.Exchanges.Should().ContainSingle();
    }

    [SkippableFact]
    public void A_damaged_file_is_found_and_fetched_anew_on_request()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var server = new TestServer(exchange => exchange.FileAsync(Content));
        Download(server).ExitCode.Should().Be(0);
        var time = File.GetLastWriteTimeUtc(Target);
        using (var file = File.OpenWrite(Target))
        {
            file.WriteByte(1);
        }

        File.SetLastWriteTimeUtc(Target, time);

        Download(server, "--verify").ExitCode.Should().Be(0);

        File.ReadAllBytes(Target).Should().Equal(Content);
    }

    [Fact]
    public void Wrong_bytes_fail_with_1_and_name_both_hashes()
    {
        using var server = new TestServer(exchange => exchange.FileAsync([1, 2, 3]));

        var (code, output, errors) = Download(server);

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().Contain("its SHA-256 should begin with 12fca82f").And.Contain("but is 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81 (asked at the mirror: ");
        File.Exists(Target).Should().BeFalse();
    }

    [Fact]
    public void A_missing_file_fails_with_1()
    {
        using var server = new TestServer(exchange => exchange.StatusAsync("404 Not Found"));

        var (code, _, errors) = Download(server);

        code.Should().Be(1);
        errors.Should().Contain($"the server has no such file (404) (asked at the mirror: {server.Root}");
    }

    [Fact]
    public void The_list_has_every_name()
    {
        var (code, output, _) = ResnetProcess.Run("download", "--list");

        code.Should().Be(0);
        output.Should().ContainAll(PretrainedWeights.All.Select(model => model.Name)).And.Contain("80.86 %");
        var json = JsonNode.Parse(ResnetProcess.Run("download", "--list", "--json").Output)!.AsArray();
        json.Select(entry => entry!["name"]!.GetValue<string>()).Should().Equal(PretrainedWeights.All.Select(model => model.Name));
    }

    [Theory]
    [InlineData("There are no pretrained weights named 'resnet51'. The nearest names are resnet50,", "resnet51")]
    [InlineData("Say which weights to fetch, such as 'resnet download resnet50'; 'resnet download --list' shows all names.")]
    [InlineData("--cache is empty; name a folder, or leave it out.", "resnet50", "--cache", "")]
    [InlineData("--mirror is 'somewhere'; it must be an address that begins with https:// or http://.", "resnet50", "--mirror", "somewhere")]
    public void Wrong_usage_ends_with_2(string message, params string[] args)
    {
        var (code, _, errors) = ResnetProcess.Run(["download", .. args]);

        code.Should().Be(2);
        errors.Should().Contain(message);
    }

    private ResnetProcess Start(TestServer server, params string[] args) =>
        new(_folder.Root, ["download", Name, "--cache", _folder.PathTo("cache"), "--mirror", server.Root.AbsoluteUri, .. args]);

    private (int ExitCode, string Output, string Errors) Download(TestServer server, params string[] args)
    {
        using var process = Start(server, args);
        return process.Finish();
    }

    /// <summary>Sends a part to whoever asks first and keeps the connection; all of the rest to whoever asks next.</summary>
    private static async Task Half(TestExchange exchange, byte[] content)
    {
        await exchange.FileAsync(content, cutAfter: exchange.Number == 1 ? 500_000 : null);
        await (exchange.Number == 1 ? Task.Delay(Timeout.Infinite, exchange.End) : Task.CompletedTask);
    }

    private void WaitForPart(long length)
    {
        bool Came() => File.Exists(Target + ".part") && new FileInfo(Target + ".part").Length == length;
        SpinWait.SpinUntil(Came, TimeSpan.FromMinutes(1)).Should().BeTrue("the server has sent that much");
    }
}

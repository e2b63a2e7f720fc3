using System.Net.Sockets;

namespace ResNet.Core.Tests;

public sealed class ExistingFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            SpecialFiles.Clear(_folder.Root);
        }

        _folder.Dispose();
    }

    [SkippableFact]
    public void A_pipe_that_nobody_writes_into_is_refused_at_once()
    {
        SkipUnlessLinux();
        string path = SpecialFiles.Pipe(_folder.PathTo("weights.pth"));

        Refused<IOException>(path).Should().Be(
            $"{path} is a pipe, not a file of weights: it would have to be read more than once, which a pipe cannot be. Write its content to a file first, and name that.");
    }

    [SkippableFact]
    public void A_device_is_refused_even_behind_a_link()
    {
        SkipUnlessLinux();
        string path = File.CreateSymbolicLink(_folder.PathTo("weights.pth"), "/dev/zero").FullName;

        Refused<IOException>(path).Should().Be($"{path} is a device, not a file of weights; name a file.");
    }

    [SkippableFact]
    public void A_socket_is_refused()
    {
        SkipUnlessLinux();
        string path = _folder.PathTo("weights.pth");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));

        Refused<IOException>(path).Should().Be($"{path} is a socket, not a file of weights; name a file.");
    }

    [SkippableFact]
    public void A_name_that_is_not_UTF8_is_said_to_be_such()
    {
        SkipUnlessLinux();
        File.WriteAllText(_folder.PathTo("photo.jpg"), "x");
        string path = SpecialFiles.CopyToLatin1Name(_folder.PathTo("photo.jpg"), _folder.Root);

        Refused<FileNotFoundException>(path).Should().Be(
            $"{path} is not found: its name holds bytes that are not UTF-8, so .NET cannot open it; rename it (the tool convmv does so for whole folders).");
    }

    [Fact]
    public void A_name_may_hold_the_replacement_character_itself()
    {
        string path = _folder.PathTo("caf\uFFFD.jpg");
        File.WriteAllText(path, "x");

        FluentActions.Invoking(() => ExistingFile.Ensure(path, "a file of weights")).Should().NotThrow();
    }

    [Fact]
    public void Folders_and_missing_files_are_told_apart()
    {
        FluentActions.Invoking(() => ExistingFile.Ensure(_folder.Root, "a file of weights")).Should().Throw<FileNotFoundException>().WithMessage(
            $"{_folder.Root} is a folder, not a file of weights; check the name (the current folder is {Environment.CurrentDirectory}).");
        string missing = _folder.PathTo("missing");
        Refused<FileNotFoundException>(missing).Should().Be($"{missing} does not exist; check the name (the current folder is {Environment.CurrentDirectory}).");
    }

    private static string Refused<T>(string path)
        where T : Exception =>
        FluentActions.Invoking(() => ResNet.Weights.StateDictFile.Open(path)).Should().Throw<T>().Which.Message;

    private static void SkipUnlessLinux() => Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
}

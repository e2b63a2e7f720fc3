using System.Net.Sockets;
using ResNet.Imaging;

namespace ResNet.Core.Tests.Imaging;

public sealed class PipeTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task An_image_comes_through_a_pipe_in_pieces()
    {
        string pipe = Pipe();
        var image = new RgbImage(300, 200, new byte[300 * 200 * 3]);
        new Random(3).NextBytes(image.Pixels);
        byte[] png = ImageEncoder.ToPng(image);
        png.Length.Should().BeGreaterThan(1 << 17, "no pipe holds it at once");
        var writer = Writer(pipe);
        var reading = Task.Run(() => ImageDecoder.Decode(pipe, options: null));

        await writer.WriteAsync(png);
        await writer.DisposeAsync();

        (await reading.WaitAsync(Watchdog)).Pixels.Should().Equal(image.Pixels);
    }

    [SkippableFact]
    public async Task A_socket_that_the_process_has_open_is_read_like_a_pipe()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_folder.PathTo("socket")));
        listener.Listen();
        using var sender = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await sender.ConnectAsync(listener.LocalEndPoint!);
        using var receiver = await listener.AcceptAsync();
        var image = new RgbImage(2, 1, [1, 2, 3, 4, 5, 6]);
        await sender.SendAsync(ImageEncoder.ToPng(image));
        sender.Shutdown(SocketShutdown.Send);

        ImageDecoder.Decode($"/proc/self/fd/{receiver.Handle}").Pixels.Should().Equal(image.Pixels);
    }

    [SkippableFact]
    public async Task A_pipe_that_nobody_writes_into_is_refused_at_once()
    {
        string pipe = Pipe();

        var fault = await FluentActions.Awaiting(() => Task.Run(() => ImageDecoder.Decode(pipe)).WaitAsync(Watchdog)).Should().ThrowAsync<IOException>();

        fault.WithMessage($"{pipe} is a pipe that nothing was written into; start the program that writes first, or name a file.");
    }

    [SkippableFact]
    public async Task Waiting_for_a_writer_that_sends_nothing_can_be_ended()
    {
        string pipe = Pipe();
        await using var writer = Writer(pipe);
        using var source = new CancellationTokenSource();
        var reading = Task.Run(() => ImageDecoder.Decode(pipe, options: null, source.Token));

        await source.CancelAsync();

        await FluentActions.Awaiting(() => reading.WaitAsync(Watchdog)).Should().ThrowAsync<OperationCanceledException>();
    }

    [SkippableFact]
    public async Task More_than_allowed_is_refused_before_the_end_comes()
    {
        string pipe = Pipe();
        await using var writer = Writer(pipe);
        await writer.WriteAsync(new byte[1001]);

        var fault = await FluentActions.Awaiting(() => Task.Run(() => PipeReader.ReadToEnd(pipe, 1000, default)).WaitAsync(Watchdog)).Should().ThrowAsync<IOException>();

        fault.WithMessage($"{pipe} is a pipe that more than 1,000 bytes came through; write its content to a file, and name that.");
    }

    [SkippableFact]
    public void A_device_is_no_image()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");

        FluentActions.Invoking(() => ImageDecoder.Decode("/dev/zero")).Should().Throw<IOException>()
            .WithMessage("/dev/zero is a device, not a picture file; name a file.");
    }

    private string Pipe()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        return SpecialFiles.Pipe(_folder.PathTo("photo.png"));
    }

    /// <summary>Opened for both, a pipe waits for nobody.</summary>
    private static FileStream Writer(string pipe) => new(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
}

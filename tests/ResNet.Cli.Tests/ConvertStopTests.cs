using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ResNet.Cli.Tests;

public sealed class ConvertStopTests
{
    private const int TensorLength = 64 << 20;
    private const int TensorCount = 64;

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_leaves_no_half_file(string signal, int exitCode)
    {
        Signals.SkipUnlessHeard(signal);
        using var folder = new TemporaryFolder();
        WriteHoles(folder.PathTo("in.safetensors"));
        Directory.CreateDirectory(folder.PathTo("to"));
        using var process = new ResnetProcess(folder.Root, "convert", "in.safetensors", Path.Combine("to", "out.pth"));
        WaitFor(() => Directory.GetFiles(folder.PathTo("to")).Length > 0);

        process.Send(signal);

        var (code, output, errors) = process.Finish();
        code.Should().Be(exitCode, errors);
        output.Should().BeEmpty();
        Directory.GetFileSystemEntries(folder.PathTo("to")).Should().BeEmpty();
    }

    /// <summary>Four gigabytes that take no room on disk: too much to be written before the signal comes.</summary>
    private static void WriteHoles(string path)
    {
        var header = new StringBuilder("{");
        for (long i = 0; i < TensorCount; i++)
        {
            header.Append(CultureInfo.InvariantCulture, $$"""
                {{(i == 0 ? string.Empty : ",")}}"{{i}}":{"dtype":"U8","shape":[{{TensorLength}}],"data_offsets":[{{i * TensorLength}},{{(i + 1) * TensorLength}}]}
                """);
        }

        byte[] json = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        using var file = File.Create(path);
        file.Write(length);
        file.Write(json);
        file.SetLength(file.Position + ((long)TensorCount * TensorLength));
    }

    private static void WaitFor(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2), "the new file should have been begun");
            Thread.Sleep(10);
        }
    }
}

using System.Diagnostics;

namespace ResNet.Imaging;

/// <summary>Asks the system's Python for what Pillow computes, where both are installed (Debian: python3-pil).</summary>
internal static class Pillow
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Reads size, new size and pixels of one picture after the other, and answers with the new pixels.</summary>
    private const string Script = """
        import struct, sys
        from PIL import Image
        kind = int(sys.argv[1])
        while header := sys.stdin.buffer.read(16):
            w, h, nw, nh = struct.unpack("<4i", header)
            picture = Image.frombytes("RGB", (w, h), sys.stdin.buffer.read(3 * w * h))
            sys.stdout.buffer.write(picture.resize((nw, nh), kind).tobytes())
        """;

    private static readonly Lazy<bool> Installed = new(() => File.Exists(Python) && Run(["-c", "import PIL"], [], 0) is not null);

    public static string WhySkipped => $"{Python} with PIL is not installed (Debian: apt-get install python3-pil)";

    public static bool IsInstalled => Installed.Value;

    public static IReadOnlyList<byte[]> Resize(IReadOnlyList<(RgbImage From, (int Width, int Height) To)> jobs, ResizeFilter filter)
    {
        using var input = new MemoryStream();
        foreach ((RgbImage from, (int width, int height)) in jobs)
        {
            foreach (int number in (int[])[from.Width, from.Height, width, height])
            {
                input.Write(BitConverter.GetBytes(number));
            }

            input.Write(from.Pixels);
        }

        string kind = filter switch
        {
            ResizeFilter.Bilinear => "2",
            ResizeFilter.Bicubic => "3",
            _ => "4",
        };
        int total = jobs.Sum(job => 3 * job.To.Width * job.To.Height);
        byte[] output = Run(["-c", Script, kind], input.ToArray(), total) ?? throw new InvalidOperationException("Python failed to resize.");
        int position = 0;
        return [.. jobs.Select(job => output[position..(position += 3 * job.To.Width * job.To.Height)])];
    }

    private static byte[]? Run(string[] arguments, byte[] input, int outputLength)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using var output = new MemoryStream(outputLength);
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        reading.Wait();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : null;
    }
}

using ResNet.Onnx.Protos;
using TorchSharp;

namespace ResNet.Onnx.Tests;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ResNetModel _model = FilledModel.Create(FilledModel.Small);

    private string File1 => _folder.PathTo("new folder", "network.onnx");

    [Fact]
    public void A_file_holds_what_a_stream_receives_and_its_folder_is_made()
    {
        var report = _model.ExportOnnx(File1);

        File.ReadAllBytes(File1).Should().Equal(_model.Export());
        report.Files.Should().Equal(File1);
        report.ByteCount.Should().Be(new FileInfo(File1).Length);
        Everything().Should().Equal("network.onnx");
    }

    [Fact]
    public void Weights_beside_the_model_answer_the_same()
    {
        var report = _model.ExportOnnx(File1, new OnnxExportOptions { ExternalData = true });

        using var answer = new OnnxAnswer(File1);
        using var images = FilledModel.Images();
        answer.ShouldAnswerAs(_model, images);
        Everything().Should().Equal("network.onnx", "network.onnx.data");
        report.Files.Should().Equal(File1, File1 + ".data");
        report.ByteCount.Should().Be(report.Files.Sum(file => new FileInfo(file).Length));
        new FileInfo(File1).Length.Should().BeLessThan(20_000);
    }

    [Fact]
    public void Weights_beside_the_model_begin_at_pages_and_do_not_overlap()
    {
        _model.ExportOnnx(File1, new OnnxExportOptions { ExternalData = true });

        var tensors = ModelProto.Parser.ParseFrom(File.ReadAllBytes(File1)).Graph.Initializer.Where(tensor => tensor.ExternalData.Count > 0)
            .Select(tensor => tensor.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value)).ToList();
        tensors.Should().NotBeEmpty().And.OnlyContain(tensor => tensor["location"] == "network.onnx.data");
        long end = 0;
        foreach (var tensor in tensors)
        {
            long offset = long.Parse(tensor["offset"]);
            (offset % 4096).Should().Be(0);
            offset.Should().BeGreaterThanOrEqualTo(end);
            end = offset + long.Parse(tensor["length"]);
        }

        new FileInfo(File1 + ".data").Length.Should().Be(end);
    }

    [Fact]
    public void A_stream_stays_open_and_is_written_from_where_it_stands()
    {
        using var stream = new MemoryStream();
        stream.WriteByte(7);
        long bytes = _model.ExportOnnx(stream).ByteCount;

        stream.Length.Should().Be(bytes + 1);
        stream.ToArray()[1..].Should().Equal(_model.Export());
    }

    [Fact]
    public void A_stream_has_no_place_for_weights_beside_it() =>
        FluentActions.Invoking(() => _model.ExportOnnx(Stream.Null, new OnnxExportOptions { ExternalData = true }))
            .Should().Throw<InvalidOptionsException>().Which.Message.Should().Be(
                "OnnxExportOptions: 1 fault.\n- ExternalData is true, but a stream has no place for a second file; give a path instead.");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancelled_in_the_middle_the_older_files_stay(bool external)
    {
        var options = new OnnxExportOptions { ExternalData = external };
        _model.ExportOnnx(File1, options);
        var before = Contents();
        using var source = new CancellationTokenSource();
        using (torch.no_grad())
        {
            _model.get_parameter("fc.bias")!.add_(1);
        }

        FluentActions.Invoking(() => _model.ExportOnnx(File1, options, new Stopper(source), source.Token)).Should().Throw<OperationCanceledException>();

        Contents().Should().BeEquivalentTo(before);
    }

    [Fact]
    public void Progress_goes_from_0_to_1()
    {
        var heard = new List<double>();
        _model.ExportOnnx(Stream.Null, progress: new Listener(heard));

        heard.Should().BeInAscendingOrder().And.HaveCountGreaterThan(5);
        heard[^1].Should().Be(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".data")]
    public void A_folder_in_the_way_is_refused_and_nothing_is_left(string extension)
    {
        Directory.CreateDirectory(File1 + extension);

        FluentActions.Invoking(() => _model.ExportOnnx(File1, new OnnxExportOptions { ExternalData = true }))
            .Should().Throw<IOException>().WithMessage($"{File1}{extension} is a folder; name a file.");

        Everything().Should().Equal("network.onnx" + extension);
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_a_fault_of_its_own()
    {
        File.WriteAllText(_folder.PathTo("new folder"), "a file");
        FluentActions.Invoking(() => _model.ExportOnnx(File1)).Should().Throw<IOException>();
    }

    [Fact]
    public void A_full_disk_is_passed_on_to_the_caller()
    {
        using var full = new FullStream(10_000);
        FluentActions.Invoking(() => _model.ExportOnnx(full)).Should().Throw<IOException>().WithMessage("no space left");
    }

    [SkippableFact]
    public void A_device_that_is_full_is_a_fault_of_input_and_output()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
        FluentActions.Invoking(() => _model.ExportOnnx(full)).Should().Throw<IOException>();
    }

    [SkippableFact]
    public void A_folder_that_may_not_be_written_is_named()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "needs a user who may not write everywhere");
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(File1)!);
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
            FluentActions.Invoking(() => _model.ExportOnnx(File1)).Should().Throw<IOException>().WithMessage($"{File1} cannot be written*");
            folder.UnixFileMode |= UnixFileMode.UserWrite;
            Everything().Should().BeEmpty();
        }
    }

    [Fact]
    public void A_network_too_large_for_one_file_is_told_how_to_be_written()
    {
        var model = ModelProto.Parser.ParseFrom(_model.Export());
        long weights = model.Graph.Initializer.Sum(tensor => (long)tensor.RawData.Length);

        OnnxFile.EnsureFits(model, OnnxFile.LargestMessage);
        FluentActions.Invoking(() => OnnxFile.EnsureFits(model, weights)).Should().Throw<InvalidOperationException>().WithMessage(
            $"The weights are {weights:N0} bytes, more than one ONNX file can hold (2 GiB with the rest); set ExternalData (--external-data on the command line), "
            + "which writes them into a file beside it.");
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private List<string> Everything() =>
        [.. Directory.GetFileSystemEntries(Path.GetDirectoryName(File1)!).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private Dictionary<string, byte[]> Contents() =>
        Directory.GetFiles(Path.GetDirectoryName(File1)!).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    private sealed class Stopper(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value > 0.5)
            {
                source.Cancel();
            }
        }
    }

    private sealed class Listener(List<double> heard) : IProgress<double>
    {
        public void Report(double value) => heard.Add(value);
    }

    private sealed class FullStream(int room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > room)
            {
                throw new IOException("no space left");
            }

            base.Write(buffer);
        }
    }
}

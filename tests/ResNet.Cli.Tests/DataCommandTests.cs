using System.Text.Json;
using ResNet.Imaging;

namespace ResNet.Cli.Tests;

public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_folder_is_described_as_one_json_document()
    {
        Save("train/cat/1.png", 8, 6, 0);
        Save("train/dog/1.png", 16, 6, 255);
        Save("test/cat/1.png", 8, 6, 0);
        Directory.CreateDirectory(_folder.PathTo("test", "dog"));
        File.WriteAllText(_folder.PathTo("train", "dog", "broken.jpg"), "no picture");

        var (code, output, errors) = ResnetProcess.Run("data", _folder.Root, "--duplicates", "--json");

        code.Should().Be(0, errors);
        using var document = JsonDocument.Parse(output);
        var train = document.RootElement.GetProperty("parts")[0];
        train.GetProperty("name").GetString().Should().Be("train");
        train.GetProperty("pictures").GetInt32().Should().Be(3);
        train.GetProperty("classes")[1].GetProperty("pictures").GetInt32().Should().Be(2);
        train.GetProperty("faults")[0].GetProperty("path").GetString().Should().Be(_folder.PathTo("train", "dog", "broken.jpg"));
        train.GetProperty("statistics").GetProperty("mean")[0].GetDouble().Should().Be(0.5);
        train.GetProperty("statistics").GetProperty("stdDev")[2].GetDouble().Should().Be(0.5);
        train.GetProperty("statistics").GetProperty("formats").GetProperty("PNG").GetInt32().Should().Be(2);
        var same = document.RootElement.GetProperty("duplicates")[0];
        same.GetProperty("acrossParts").GetBoolean().Should().BeTrue();
        same.GetProperty("pictures").GetArrayLength().Should().Be(2);
    }

    [Fact]
    public void People_get_counts_sizes_and_what_was_left_out()
    {
        Save("cat/1.png", 8, 6, 0);
        Save("dog/1.png", 16, 6, 255);
        File.WriteAllText(_folder.PathTo("dog", "notes.txt"), "no picture");

        var (code, output, errors) = ResnetProcess.Run("data", _folder.Root);

        code.Should().Be(0, errors);
        output.Should().Contain("width     8 to 16, median 12").And.Contain("mean      0.5000 0.5000 0.5000")
            .And.Contain($"left out: {_folder.PathTo("dog", "notes.txt")}: a file that is no picture");
        File.Exists("data-sheet.png").Should().BeFalse("a sheet is written only when it is asked for");
    }

    [Fact]
    public void The_sheet_is_written_where_it_is_asked_for()
    {
        Save("cat/1.png", 32, 32, 9);
        Save("dog/1.png", 32, 32, 200);
        string sheet = _folder.PathTo("out", "sheet.png");

        var (code, _, errors) = ResnetProcess.Run("data", _folder.Root, "--quick", "--sheet", sheet, "--augmentation", "none");

        code.Should().Be(0, errors);
        var picture = ImageDecoder.Decode(sheet);
        picture.Pixels.Chunk(3).Count(pixel => pixel is [200, 200, 200]).Should().Be(96 * 96);
        errors.Should().Contain($"{sheet}: of 'all', {picture.Width}x{picture.Height}");
    }

    [Theory]
    [InlineData("--duplicates compares pictures", "--quick", "--duplicates")]
    [InlineData("the sheet is a PNG file", "--sheet", "sheet.jpg")]
    [InlineData("--workers is 0; it must be 1 or more.", "--workers", "0")]
    [InlineData("Argument 'blur' not recognized", "--augmentation", "blur")]
    public void Wrong_usage_ends_with_2(string message, params string[] args)
    {
        var (code, output, errors) = ResnetProcess.Run(["data", _folder.Root, .. args]);

        code.Should().Be(2);
        output.Should().BeEmpty();
        errors.Should().Contain(message);
    }

    [Fact]
    public void A_folder_without_pictures_fails_and_says_what_was_expected()
    {
        var (code, output, errors) = ResnetProcess.Run("data", _folder.PathTo("nowhere"));

        code.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().Contain("is no folder of pictures. Expected").And.NotContain("   at ");
    }

    [SkippableFact]
    public void A_signal_ends_it_with_130_and_no_result()
    {
        Signals.SkipUnlessHeard("INT");
        string large = Save("cat/0.png", 3000, 3000, 7);
        Save("dog/0.png", 8, 8, 7);
        for (int i = 1; i < 400; i++)
        {
            File.CreateSymbolicLink(_folder.PathTo("cat", $"{i}.png"), large);
        }

        using var process = new ResnetProcess(_folder.Root, "data", ".", "--workers", "1", "--json");
        process.WaitForError("reading: ");
        process.Send("INT");

        var (code, output, errors) = process.Finish();
        code.Should().Be(130, errors);
        output.Should().BeEmpty();
        errors.Should().NotContain("   at ");
    }

    public void Dispose() => _folder.Dispose();

    private string Save(string path, int width, int height, byte value)
    {
        byte[] pixels = new byte[3 * width * height];
        Array.Fill(pixels, value);
        string file = _folder.PathTo(path.Split('/'));
        ImageEncoder.SavePng(new RgbImage(width, height, pixels), file);
        return file;
    }
}

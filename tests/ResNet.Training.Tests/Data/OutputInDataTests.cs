using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

/// <summary>Runs and the like in the folder of the images that they were made of.</summary>
public sealed class OutputInDataTests : IDisposable
{
    private const string Reason = "a folder that this program wrote is not taken for a class";
    private readonly TemporaryFolder _folder = new();

    public OutputInDataTests()
    {
        PictureFiles.Add(_folder.Root, "ants/1.png");
        PictureFiles.Add(_folder.Root, "bees/1.png");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_marked_folder_is_no_class()
    {
        OutputMarker.Mark(_folder.PathTo("explained"));
        PictureFiles.Add(_folder.Root, "explained/1.explained.png");

        ShouldLeaveOut("explained");
    }

    [Fact]
    public void A_run_that_an_earlier_version_left_is_no_class()
    {
        PictureFiles.Add(_folder.Root, "run/curves.png");
        PictureFiles.AddText(_folder.Root, "run/options.json");
        Directory.CreateDirectory(_folder.PathTo("run", "checkpoints"));

        ShouldLeaveOut("run");
    }

    [Fact]
    public void A_folder_of_runs_is_no_class()
    {
        OutputMarker.Mark(_folder.PathTo("runs", "20260101-resnet18"));
        PictureFiles.Add(_folder.Root, "runs/20260101-resnet18/curves.png");

        ShouldLeaveOut("runs");
    }

    [Fact]
    public void A_run_of_the_trainer_marks_its_folder()
    {
        using var model = TinyNetwork.Build(12);

        new Trainer(model, TinyNetwork.Options with { Iterations = 1, OutputDirectory = _folder.PathTo("mine") }).Fit(TinyNetwork.Shapes(16), null);

        File.Exists(_folder.PathTo("mine", "curves.png")).Should().BeTrue();
        ShouldLeaveOut("mine");
    }

    [Fact]
    public void Such_a_folder_is_no_stranger_among_given_classes()
    {
        OutputMarker.Mark(_folder.PathTo("runs", "one"));
        Directory.CreateDirectory(_folder.PathTo("empty"));

        ImageFolder.Open(_folder.Root, new ClassLabels(["bees", "ants"])).Faults.Select(fault => Path.GetFileName(fault.Path)).Should().Equal("empty", "runs");
    }

    [Theory]
    [InlineData("__MACOSX", "._1.png", "a folder of the system is not taken for a class")]
    [InlineData("@eaDir", "1.png", "a folder of the system is not taken for a class")]
    [InlineData("notes", "1.txt", "a folder that holds no pictures is not taken for a class")]
    public void What_is_no_class_is_named_with_its_reason(string folder, string file, string reason)
    {
        PictureFiles.Add(_folder.Root, $"{folder}/{file}");

        var opened = ImageFolder.Open(_folder.Root);

        opened.Labels.Should().Equal("ants", "bees");
        opened.Faults[0].Should().Be(new DataFault(_folder.PathTo(folder), reason));
    }

    private void ShouldLeaveOut(string name)
    {
        var folder = ImageFolder.Open(_folder.Root);
        folder.Labels.Should().Equal("ants", "bees");
        folder.Faults.Should().Equal(new DataFault(_folder.PathTo(name), Reason));
    }
}

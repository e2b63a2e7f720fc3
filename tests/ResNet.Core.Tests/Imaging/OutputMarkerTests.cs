using ResNet.Imaging;

namespace ResNet.Core.Tests.Imaging;

public sealed class OutputMarkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_without_images_is_marked_and_stays_so()
    {
        Directory.CreateDirectory(_folder.PathTo("empty"));
        File.WriteAllText(_folder.PathTo("empty", "options.json"), "{}");

        OutputMarker.Mark(_folder.PathTo("new", "inner")).Should().BeTrue();
        OutputMarker.Mark(_folder.PathTo("empty")).Should().BeTrue();
        OutputMarker.Mark(_folder.PathTo("empty")).Should().BeTrue();

        File.Exists(_folder.PathTo("new", "inner", OutputMarker.FileName)).Should().BeTrue();
        File.Exists(_folder.PathTo("new", OutputMarker.FileName)).Should().BeFalse();
    }

    [Theory]
    [InlineData("cat.jpg")]
    [InlineData("cats/1.jpg")]
    public void A_folder_that_holds_images_or_folders_is_not(string file)
    {
        Directory.CreateDirectory(_folder.PathTo("cats"));
        File.WriteAllText(_folder.PathTo(file), "somebody's");
        string folder = file.Contains('/', StringComparison.Ordinal) ? _folder.Root : Path.GetDirectoryName(_folder.PathTo(file))!;

        OutputMarker.Mark(folder).Should().BeFalse();
        File.Exists(_folder.PathTo(OutputMarker.FileName)).Should().BeFalse();
    }

    [Fact]
    public void A_search_for_images_passes_marked_folders_over_but_not_the_one_it_begins_in()
    {
        OutputMarker.Mark(_folder.PathTo("explained"));
        File.WriteAllText(_folder.PathTo("explained", "cat.png"), "drawn");
        File.WriteAllText(_folder.PathTo("cat.jpg"), "taken");

        var search = PictureSearch.Under(_folder.Root);

        search.Files.Should().Equal(_folder.PathTo("cat.jpg"));
        search.LeftOut.Should().Equal((_folder.PathTo("explained"), "a folder that this program wrote is not searched"));
        PictureSearch.Under(_folder.PathTo("explained")).Files.Should().Equal(_folder.PathTo("explained", "cat.png"));
    }
}

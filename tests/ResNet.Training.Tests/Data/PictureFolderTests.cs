using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Pictures_of_any_layout_are_found_in_the_order_of_their_paths()
    {
        PictureFiles.Add(_folder.Root, "zebra.png");
        PictureFiles.Add(_folder.Root, "cats/2.png");
        PictureFiles.Add(_folder.Root, "cats/1.PNG");
        PictureFiles.Add(_folder.Root, "wild/dogs/3.png");
        PictureFiles.AddText(_folder.Root, "cats/notes.txt");
        PictureFiles.Add(_folder.Root, ".hidden/4.png");
        PictureFiles.Add(_folder.Root, "cats/._5.png");

        var folder = PictureFolder.Open(_folder.Root);

        Names(folder).Should().Equal("cats/1.PNG", "cats/2.png", "wild/dogs/3.png", "zebra.png");
        Enumerable.Range(0, 4).Select(folder.ClassOf).Should().Equal("cats", "cats", "dogs", null);
        folder.Labels.Should().Equal(PictureFolder.NoClass, "cats", "dogs");
        folder.LabelOf(2).Should().Be(2);
        folder.Read(3).Image.Width.Should().Be(4);
        folder.Faults.Should().BeEmpty();
    }

    [Fact]
    public void What_is_left_out_is_named()
    {
        PictureFiles.Add(_folder.Root, "a.png");
        File.WriteAllBytes(_folder.PathTo("empty.png"), []);
        Directory.CreateSymbolicLink(_folder.PathTo("circle"), _folder.Root);

        var folder = PictureFolder.Open(_folder.Root);

        Names(folder).Should().Equal("a.png");
        folder.Faults.Select(fault => $"{Path.GetFileName(fault.Path)}: {fault.Reason}").Should()
            .BeEquivalentTo("empty.png: an empty file", "circle: a link to a folder is not followed");
    }

    [Fact]
    public void A_damaged_picture_is_found_out_when_it_is_read()
    {
        PictureFiles.AddText(_folder.Root, "a.jpg");
        var folder = PictureFolder.Open(_folder.Root);
        FluentActions.Invoking(() => folder.Read(0)).Should().Throw<ImageFormatException>();
        File.Delete(folder.NameOf(0));
        FluentActions.Invoking(() => folder.Read(0)).Should().Throw<ImageFormatException>().WithMessage("*was there when the folder was opened*");
    }

    [Fact]
    public void A_folder_without_pictures_is_refused()
    {
        string file = PictureFiles.AddText(_folder.Root, "a.txt");
        FluentActions.Invoking(() => PictureFolder.Open(_folder.Root)).Should().Throw<DatasetException>().WithMessage("*holds no pictures (jpg*");
        FluentActions.Invoking(() => PictureFolder.Open(file)).Should().Throw<DatasetException>().WithMessage("*it is a file*");
        FluentActions.Invoking(() => PictureFolder.Open(_folder.PathTo("none"))).Should().Throw<DatasetException>().WithMessage("*there is no such folder.");
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<string> Names(PictureFolder folder) =>
        Enumerable.Range(0, folder.Count).Select(i => Path.GetRelativePath(_folder.Root, folder.NameOf(i)).Replace('\\', '/'));
}

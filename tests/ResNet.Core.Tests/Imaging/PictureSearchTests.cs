using ResNet.Imaging;

namespace ResNet.Core.Tests.Imaging;

public sealed class PictureSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void All_pictures_are_found_in_the_order_of_their_paths()
    {
        Write("b.png", "a/z.JPG", "a/deep/er/x.webp", "B.bmp", "a/text.txt", ".hidden/y.jpg", "a/._z.jpg", "c.gif", "c.jpeg", "d.jfif", "e.JPE", "f.pjpeg");

        var search = PictureSearch.Under(_folder.Root);

        search.Files.Select(file => Path.GetRelativePath(_folder.Root, file).Replace('\\', '/')).Should().Equal(
            "B.bmp", "a/deep/er/x.webp", "a/z.JPG", "b.png", "c.gif", "c.jpeg", "d.jfif", "e.JPE", "f.pjpeg");
        search.LeftOut.Should().BeEmpty();
    }

    [SkippableFact]
    public void What_is_left_out_has_a_reason()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need privileges there");
        Write("a/x.jpg");
        File.WriteAllText(_folder.PathTo("empty.jpg"), "");
        Directory.CreateSymbolicLink(_folder.PathTo("circle"), _folder.Root);

        var search = PictureSearch.Under(_folder.Root);

        search.Files.Should().Equal(_folder.PathTo("a", "x.jpg"));
        search.LeftOut.Should().BeEquivalentTo([(_folder.PathTo("empty.jpg"), "an empty file"), (_folder.PathTo("circle"), "a link to a folder is not followed")]);
    }

    [SkippableFact]
    public void Pipes_devices_and_names_that_are_not_UTF8_are_left_out_unopened()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        Write("a/x.jpg");
        string pipe = SpecialFiles.Pipe(_folder.PathTo("pipe.jpg"));
        File.CreateSymbolicLink(_folder.PathTo("linked.jpg"), pipe);
        File.CreateSymbolicLink(_folder.PathTo("zero.jpg"), "/dev/zero");
        File.CreateSymbolicLink(_folder.PathTo("whole.jpg"), _folder.PathTo("a", "x.jpg"));
        string latin = SpecialFiles.CopyToLatin1Name(_folder.PathTo("a", "x.jpg"), _folder.PathTo("a"));

        var search = PictureSearch.Under(_folder.Root);

        search.Files.Should().Equal(_folder.PathTo("a", "x.jpg"), _folder.PathTo("whole.jpg"));
        search.LeftOut.Should().BeEquivalentTo([
            (pipe, "a pipe, not a file"), (_folder.PathTo("linked.jpg"), "a pipe, not a file"), (_folder.PathTo("zero.jpg"), "a device, not a file"), (latin, FileNames.NotUtf8)]);
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            SpecialFiles.Clear(_folder.Root);
        }

        _folder.Dispose();
    }

    private void Write(params string[] names)
    {
        foreach (string name in names)
        {
            string path = _folder.PathTo(name.Split('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "x");
        }
    }
}

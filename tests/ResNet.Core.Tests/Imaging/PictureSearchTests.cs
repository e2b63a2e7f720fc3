using ResNet.Imaging;

namespace ResNet.Core.Tests.Imaging;

public sealed class PictureSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void All_pictures_are_found_in_the_order_of_their_paths()
    {
        Write("b.png", "a/z.JPG", "a/deep/er/x.webp", "B.bmp", "a/text.txt", ".hidden/y.jpg", "a/._z.jpg", "c.gif", "c.jpeg");

        var search = PictureSearch.Under(_folder.Root);

        search.Files.Select(file => Path.GetRelativePath(_folder.Root, file).Replace('\\', '/')).Should().Equal(
            "B.bmp", "a/deep/er/x.webp", "a/z.JPG", "b.png", "c.gif", "c.jpeg");
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

    public void Dispose() => _folder.Dispose();

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

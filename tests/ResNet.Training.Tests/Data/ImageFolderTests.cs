using ResNet.Imaging;

namespace ResNet.Training.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private const string NotUtf8 = "its name holds bytes that are not UTF-8, so .NET cannot open it; rename it (the tool convmv does so for whole folders)";
    private readonly TemporaryFolder _temporary = new();

    private string Root => _temporary.Root;

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            SpecialFiles.Clear(Root);
        }

        _temporary.Dispose();
    }

    [Fact]
    public void Classes_and_files_come_in_the_order_of_their_code_units()
    {
        foreach (string file in new[] { "b/2.png", "b/10.png", "a/x.png", "Ä/y.png", "B/z.png", "日本/鳥 1.png" })
        {
            PictureFiles.Add(Root, file);
        }

        var folder = ImageFolder.Open(Root);

        folder.Labels.Should().Equal("B", "a", "b", "Ä", "日本");
        folder.Faults.Should().ContainSingle().Which.Path.Should().Be(Path.Combine(Root, "b"));
        Enumerable.Range(0, folder.Count).Select(i => Path.GetRelativePath(Root, folder.NameOf(i)).Replace('\\', '/'))
            .Should().Equal("B/z.png", "a/x.png", "b/10.png", "b/2.png", "Ä/y.png", "日本/鳥 1.png");
        Enumerable.Range(0, folder.Count).Select(folder.LabelOf).Should().Equal(0, 1, 2, 2, 3, 4);
        folder.Read(5).Label.Should().Be(4);
        folder.Read(5).Image.Pixels.Should().Equal(TinyDataset.Picture("日本/鳥 1.png".Length).Pixels);
    }

    [Fact]
    public void All_extensions_count_whatever_their_case()
    {
        foreach (string extension in new[] { "jpg", "JPG", "jpeg", "Jpeg", "jpe", "jfif", "PJPEG", "png", "bmp", "gif", "webp", "WEBP" })
        {
            PictureFiles.Add(Root, $"a/{extension.Length}{extension}.{extension}");
        }

        ImageFolder.Open(Root).Count.Should().Be(Directory.GetFiles(Path.Combine(Root, "a")).Length);
    }

    [SkippableFact]
    public void What_cannot_be_opened_is_left_out_with_its_reason()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        PictureFiles.Add(Root, "ants/1.png");
        PictureFiles.Add(Root, "bees/1.png");
        string pipe = SpecialFiles.Pipe(Path.Combine(Root, "ants", "pipe.jpg"));
        string linked = File.CreateSymbolicLink(Path.Combine(Root, "ants", "linked.jpg"), pipe).FullName;
        string latin = SpecialFiles.CopyToLatin1Name(Path.Combine(Root, "ants", "1.png"), Path.Combine(Root, "ants"));
        SpecialFiles.Shell("cp -r \"$1/ants\" \"$1/$(printf '\\351t\\351')\"; cp -r \"$1/ants\" \"$1/$(printf '\\350t\\350')\"", Root);

        var folder = ImageFolder.Open(Root);

        folder.Labels.Should().Equal("ants", "bees");
        folder.Count.Should().Be(2);
        string lost = Path.Combine(Root, "\uFFFDt\uFFFD");
        folder.Faults.Should().BeEquivalentTo(new DataFault[]
        {
            new(pipe, "a pipe, not a file"), new(linked, "a pipe, not a file"), new(latin, NotUtf8),
            new(lost, NotUtf8), new(lost, NotUtf8),
        });
    }

    [SkippableFact]
    public void A_picture_that_became_a_pipe_holds_nobody_up()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "is about Linux");
        PictureFiles.Add(Root, "ants/1.png");
        var folder = ImageFolder.Open(Root);
        File.Delete(folder.NameOf(0));
        SpecialFiles.Pipe(folder.NameOf(0));

        folder.Invoking(it => it.Read(0)).Should().Throw<ImageFormatException>().WithMessage("*is a pipe, not a picture file*");
        folder.Invoking(it => it.Read(0, new ImageCanvas())).Should().Throw<ImageFormatException>().WithMessage("*is a pipe, not a picture file*");
        folder.SizeOf(0).Should().BeNull();
        DatasetReport.Scan([new DatasetPart("all", folder, [])]).Should().NotBeNull();
        folder.FindDuplicates().Should().BeEmpty();
    }

    [Fact]
    public void A_given_order_of_classes_is_kept_and_a_class_without_a_folder_is_a_fault()
    {
        PictureFiles.Add(Root, "ants/1.png");
        PictureFiles.Add(Root, "bees/1.png");

        var folder = ImageFolder.Open(Root, new ClassLabels(["bees", "wasps", "ants"]));

        Enumerable.Range(0, folder.Count).Select(folder.LabelOf).Should().Equal(0, 2);
        folder.Faults.Should().Equal(new DataFault(Path.Combine(Root, "wasps"), "class 1 has no folder, and so no pictures"));
    }

    [Fact]
    public void A_folder_that_is_none_of_the_given_classes_is_an_error()
    {
        PictureFiles.Add(Root, "ants/1.png");
        PictureFiles.Add(Root, "wasps/1.png");

        FluentActions.Invoking(() => ImageFolder.Open(Root, new ClassLabels(["ants", "bees"]))).Should().Throw<DatasetException>().WithMessage(
            $"{Root}: 1 folder of 2 are none of the given 2 classes: ants, bees: wasps. Rename or remove them, or give labels that include them.");
    }

    [Fact]
    public void Everything_that_is_left_out_is_named()
    {
        PictureFiles.Add(Root, "ants/1.png");
        PictureFiles.Add(Root, "ants/more/2.png");
        PictureFiles.Add(Root, "ants/._1.png");
        PictureFiles.Add(Root, "stray.png");
        PictureFiles.Add(Root, ".cache/1.png");
        PictureFiles.AddText(Root, "ants/Thumbs.db");
        PictureFiles.AddText(Root, "readme.txt");
        Directory.CreateDirectory(Path.Combine(Root, "bees"));

        var folder = ImageFolder.Open(Root);

        folder.Count.Should().Be(1);
        folder.Labels.Should().Equal("ants");
        folder.Faults.Should().BeEquivalentTo(
            [
                new DataFault(Path.Combine(Root, ".cache"), "a hidden folder is not taken for a class"),
                new DataFault(Path.Combine(Root, "readme.txt"), "a file that is no picture"),
                new DataFault(Path.Combine(Root, "stray.png"), "a picture outside the class folders has no class"),
                new DataFault(Path.Combine(Root, "ants", "._1.png"), "a file that is no picture"),
                new DataFault(Path.Combine(Root, "ants", "Thumbs.db"), "a file that is no picture"),
                new DataFault(Path.Combine(Root, "ants", "more"), "a folder inside a class folder is not entered"),
                new DataFault(Path.Combine(Root, "bees"), "a folder that holds no pictures is not taken for a class"),
                new DataFault(Root, "there is one class only, 'ants': nothing can be told apart"),
            ]);
    }

    [SkippableFact]
    public async Task Links_in_circles_do_not_hang()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need privileges on Windows");
        PictureFiles.Add(Root, "ants/1.png");
        PictureFiles.Add(Root, "bees/1.png");
        Directory.CreateSymbolicLink(Path.Combine(Root, "ants", "up"), Root);
        Directory.CreateSymbolicLink(Path.Combine(Root, "ants", "self"), Path.Combine(Root, "ants", "self"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "circle"), Root);
        File.CreateSymbolicLink(Path.Combine(Root, "bees", "none.png"), Path.Combine(Root, "bees", "none.png"));
        File.CreateSymbolicLink(Path.Combine(Root, "bees", "linked.png"), Path.Combine(Root, "ants", "1.png"));

        var folder = await Task.Run(() => ImageFolder.Open(Root)).WaitAsync(TimeSpan.FromSeconds(10));

        folder.Labels.Should().Equal("ants", "bees");
        folder.Count.Should().Be(4);
        folder.Faults.Select(fault => Path.GetRelativePath(Root, fault.Path)).Should().Contain(["circle", "ants/self", "ants/up"]);
        Reading(folder, "none.png").Should().Throw<ImageFormatException>();
        Reading(folder, "linked.png").Should().NotThrow();
    }

    [Fact]
    public void A_file_that_is_no_picture_or_gone_is_found_when_it_is_read()
    {
        PictureFiles.AddText(Root, "ants/fake.png");
        string gone = PictureFiles.Add(Root, "ants/gone.png");
        var folder = ImageFolder.Open(Root);
        File.Delete(gone);

        Reading(folder, "fake.png").Should().Throw<ImageFormatException>().WithMessage("*fake.png*");
        Reading(folder, "gone.png").Should().Throw<ImageFormatException>().WithMessage("*gone.png: cannot be read*")
            .WithInnerException<IOException>();
    }

    [Fact]
    public void An_empty_file_is_left_out_and_named()
    {
        PictureFiles.Add(Root, "ants/1.png");
        PictureFiles.Add(Root, "bees/1.png");
        string empty = Path.Combine(Root, "bees", "2.png");
        File.WriteAllBytes(empty, []);

        var folder = ImageFolder.Open(Root);

        folder.Count.Should().Be(2);
        folder.Faults.Should().Equal(new DataFault(empty, "an empty file"));
    }

    [SkippableTheory]
    [InlineData("Bees", "bees")]
    [InlineData("caf\u00E9", "Cafe\u0301")]
    [InlineData("\u304B\u3099", "\u304C")]
    public void Folders_that_differ_only_in_case_or_accents_are_named(string one, string other)
    {
        PictureFiles.Add(Root, $"{one}/1.png");
        PictureFiles.Add(Root, $"{other}/2.png");
        PictureFiles.Add(Root, "cafe/1.png");
        Skip.If(Directory.GetDirectories(Root).Length < 3, "this disk takes them for one");
        string[] ordered = [.. new[] { one, other }.Order(StringComparer.Ordinal)];

        ImageFolder.Open(Root).Faults.Should().Equal(new DataFault(
            Path.Combine(Root, ordered[1]), $"differs from the folder '{ordered[0]}' only in case or in how its accents are written; if both are one class, merge them"));
    }

    [Fact]
    public void Files_of_the_same_bytes_are_found_within_and_across_classes()
    {
        string first = PictureFiles.Add(Root, "ants/1.png");
        PictureFiles.Add(Root, "bees/other.png", width: 5);
        string same = Path.Combine(Root, "ants", "2.png"), across = Path.Combine(Root, "bees", "1.png"), changed = Path.Combine(Root, "bees", "2.png");
        File.Copy(first, same);
        File.Copy(first, across);
        byte[] bytes = File.ReadAllBytes(first);
        bytes[^1] ^= 1;
        File.WriteAllBytes(changed, bytes);

        ImageFolder.Open(Root).FindDuplicates().Should().Equal(
            new DataFault(same, $"has the same content as {first}"), new DataFault(across, $"has the same content as {first}, which is of another class ('ants')"));
    }

    [Fact]
    public void A_single_class_is_a_fault()
    {
        PictureFiles.Add(Root, "ants/1.png");

        ImageFolder.Open(Root).Faults.Should().Equal(
            new DataFault(Root, "there is one class only, 'ants': nothing can be told apart"));
    }

    [Fact]
    public void A_folder_without_class_folders_says_what_was_expected_and_found()
    {
        PictureFiles.Add(Root, "1.png");
        PictureFiles.Add(Root, "2.png");

        FluentActions.Invoking(() => ImageFolder.Open(Root)).Should().Throw<DatasetException>().WithMessage(
            $"""
             {Root} is no folder of pictures. Expected either one folder a class,
               {Root}/<class>/*.jpg|jpeg|jpe|jfif|pjpeg|png|bmp|gif|webp
             or the same under 'train' beside 'test', 'val', 'valid' or 'validation',
               {Root}/train/<class>/*.jpg
               {Root}/test/<class>/*.jpg
             but found no folders, and 2 files
             """);
    }

    [Fact]
    public void Class_folders_without_a_picture_say_so()
    {
        PictureFiles.AddText(Root, "ants/notes.txt");

        FluentActions.Invoking(() => ImageFolder.Open(Root)).Should().Throw<DatasetException>()
            .WithMessage($"*but found no picture in 1 folder:*{Path.Combine(Root, "ants", "notes.txt")}: a file that is no picture*");
    }

    [Fact]
    public void A_folder_that_is_not_there_says_so()
    {
        FluentActions.Invoking(() => ImageFolder.Open(Path.Combine(Root, "none"))).Should().Throw<DatasetException>()
            .WithMessage("*but found no folder of that name");
        FluentActions.Invoking(() => ImageFolder.Open(PictureFiles.AddText(Root, "file.txt"))).Should().Throw<DatasetException>()
            .WithMessage("*but found a file of that name");
    }

    private static Func<ImageSample> Reading(ImageFolder folder, string file) =>
        () => folder.Read(Enumerable.Range(0, folder.Count).Single(i => Path.GetFileName(folder.NameOf(i)) == file));
}

using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training.Tests.Checkpoints;

public sealed class DataSplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_list_names_part_hash_and_path_by_the_order_of_paths()
    {
        Write("b/1.png", 1);
        Write("a/2, old.png", 2);
        Write("a/1.png", 3);
        var photos = ImageFolder.Open(_folder.PathTo("photos"));

        DataSplit.Of(new Subset(photos, [2, 0]), new Subset(photos, [1]), 1, default).Save(_folder.PathTo("run"));

        File.ReadAllText(_folder.PathTo("run", "data-split.csv")).Should().Be(
            $"part,hash,path\ntrain,file:{Hash("a/1.png")},a/1.png\nvalidation,file:{Hash("a/2, old.png")},\"a/2, old.png\"\ntrain,file:{Hash("b/1.png")},b/1.png\n");
    }

    [Fact]
    public void The_list_is_read_again()
    {
        var images = new TinyDataset(9);
        var split = DataSplit.Of(new Subset(images, [0, 1, 2, 3]), new Subset(images, [4, 5]), 1, default);
        split.Save(_folder.Root);

        DataSplit.TryRead(_folder.Root).Should().Be(split.ToFingerprint());
        DataSplit.TryRead(_folder.PathTo("none")).Should().BeNull();
    }

    [Fact]
    public void Lines_that_say_something_else_are_passed_over()
    {
        File.WriteAllText(_folder.PathTo("data-split.csv"), "part,hash,path\ntrain,file:zz,a\n,,\nnonsense\ntrain\nother,file:00000000000000ff,a\ntrain,,unreadable.png\nvalidation,pixels:0000000001000000,\"x\ny\"\n");

        DataSplit.TryRead(_folder.Root).Should().Be(TrainingFingerprint.Of([], [new ImageHash(ImageHashKind.Pixels, 1 << 24)]));
    }

    private string Hash(string name) => ImageHash.OfFile(_folder.PathTo("photos", name)).ToString();

    private void Write(string name, int index)
    {
        string path = _folder.PathTo("photos", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ImageEncoder.SavePng(TinyDataset.Picture(index), path);
    }
}

using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class CorruptionSheetTests
{
    [Fact]
    public void A_row_shows_the_picture_as_it_is_and_its_five_severities()
    {
        var picture = TinyDataset.Picture(5, 96, 96);
        var dataset = new TinyDataset(1, _ => ImageCrop.At(picture, 0, 0, 48, 48), classCount: 1);

        var sheet = CorruptionSheet.Make(dataset, new CorruptionSheetOptions { Kinds = [CorruptionKind.ImpulseNoise, CorruptionKind.Jpeg], PictureCount = 1, Seed = 6 });

        sheet.Pictures.Should().Equal("picture0");
        int width = sheet.Image.Width, left = width - (6 * 100) - 4, top = sheet.Image.Height - 200;
        for (int severity = 0; severity <= 5; severity++)
        {
            foreach (var (kind, row) in new[] { (CorruptionKind.ImpulseNoise, 0), (CorruptionKind.Jpeg, 1) })
            {
                var clean = dataset.Read(0).Image;
                var expected = severity == 0 ? clean : new Corruption(kind, severity).Apply(clean, SampleRandom.For(6, 0, 0));
                byte[] found = [.. Enumerable.Range(0, 48 * 48).SelectMany(i => Pixel(left + (100 * severity) + (2 * (i % 48)), top + (100 * row) + (2 * (i / 48))))];
                found.Should().Equal(expected.Pixels, $"{kind} {severity}");
            }
        }

        byte[] Pixel(int x, int y) => sheet.Image.Pixels.AsSpan(3 * ((y * width) + x), 3).ToArray();
    }

    [Fact]
    public void Pictures_are_of_different_classes_and_the_same_for_the_same_seed()
    {
        var dataset = new TinyDataset(60, classCount: 3);
        var options = new CorruptionSheetOptions { Kinds = [CorruptionKind.Contrast], PictureCount = 3, Seed = 2 };

        var sheet = CorruptionSheet.Make(dataset, options);

        sheet.Pictures.Select(name => int.Parse(name["picture".Length..], System.Globalization.CultureInfo.InvariantCulture) % 3).Should().BeEquivalentTo([0, 1, 2]);
        CorruptionSheet.Make(dataset, options).Image.Pixels.Should().Equal(sheet.Image.Pixels);
        CorruptionSheet.Make(dataset, options with { Seed = 3 }).Pictures.Should().NotEqual(sheet.Pictures);
    }

    [Theory]
    [InlineData(500, 300, 224)]
    [InlineData(32, 32, 96)]
    [InlineData(20, 3000, 96)]
    [InlineData(1, 1, 96)]
    public void Large_photos_are_shown_as_a_network_sees_them_and_small_ones_enlarged(int width, int height, int side)
    {
        var dataset = new TinyDataset(1, _ => TinyDataset.Picture(0, width, height), classCount: 1);

        var sheet = CorruptionSheet.Make(dataset, new CorruptionSheetOptions { Kinds = [CorruptionKind.Jpeg] });

        sheet.Image.Height.Should().BeInRange(side, side + 40);
        sheet.Image.Width.Should().BeInRange(6 * side, (6 * side) + 200);
    }

    [Fact]
    public void Pictures_that_cannot_be_read_are_told_and_replaced()
    {
        var dataset = new TinyDataset(3, i => i == 2 ? TinyDataset.Picture(2) : throw new ImageFormatException($"picture{i}", "is broken"), classCount: 1);

        var sheet = CorruptionSheet.Make(dataset, new CorruptionSheetOptions { PictureCount = 1, Kinds = [CorruptionKind.Contrast] });

        sheet.Pictures.Should().Equal("picture2");
        ((Action)(() => CorruptionSheet.Make(new TinyDataset(1, i => throw new ImageFormatException("a", "is broken")))))
            .Should().Throw<DatasetException>().WithMessage("There is no picture that can be read; a sheet of corruptions needs one.");
    }

    [Fact]
    public void Options_that_cannot_be_used_are_all_listed() =>
        new CorruptionSheetOptions { Kinds = [], PictureCount = 9 }.Faults().Should().Equal(
            "Kinds is empty; it must hold at least one kind of corruption.", "PictureCount is 9; it must be 1 to 8.");
}

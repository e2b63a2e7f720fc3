using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class ContactSheetTests
{
    private static readonly ContactSheetOptions Small = new() { SamplesPerClass = 3, ThumbnailSize = 16 };

    [Fact]
    public void Equal_pictures_and_options_give_the_same_sheet()
    {
        var options = Small with { Augmentation = TransformChain.Cifar10, Seed = 3 };

        byte[] first = ContactSheet.Make(new SyntheticShapes(60), options).Image.Pixels;

        ContactSheet.Make(new SyntheticShapes(60), options).Image.Pixels.Should().Equal(first);
        ContactSheet.Make(new SyntheticShapes(60), options with { Seed = 4 }).Image.Pixels.Should().NotEqual(first);
        ContactSheet.Make(new SyntheticShapes(60), options with { Augmentation = null }).Image.Pixels.Should().NotEqual(first);
    }

    [Fact]
    public void Every_class_has_a_row_with_its_pictures_enlarged_without_smoothing()
    {
        // Red for class 0, blue for class 1, 4 x 4: four times larger on the sheet.
        var dataset = new TinyDataset(6, index => index % 2 == 0 ? Plain((200, 0, 0)) : Plain((0, 0, 200)));

        var sheet = ContactSheet.Make(dataset, Small);

        sheet.Classes.Should().Equal("class0", "class1");
        Count(sheet.Image, (200, 0, 0)).Should().Be(3 * 16 * 16);
        Count(sheet.Image, (0, 0, 200)).Should().Be(3 * 16 * 16);
        Count(sheet.Image, (0, 0, 0)).Should().BePositive("the names are written in black");
        (Count(sheet.Image, (0, 0, 0)) + (2 * 3 * 16 * 16) + Count(sheet.Image, (255, 255, 255))).Should().Be(sheet.Image.Width * sheet.Image.Height);
    }

    [Fact]
    public void Augmentation_is_that_of_the_first_epoch()
    {
        var dataset = new TinyDataset(1, _ => TinyDataset.Picture(5, 16, 16), classCount: 1);
        var options = Small with { Augmentation = TransformChain.Cifar10, Seed = 11 };
        var expected = TransformChain.Cifar10.Apply(TinyDataset.Picture(5, 16, 16), SampleRandom.For(11, 0, 0));

        var sheet = ContactSheet.Make(dataset, options).Image;

        // The only picture stands at the right, a gap below the top.
        for (int y = 0; y < 16; y++)
        {
            sheet.Pixels.AsSpan(3 * (((y + 4) * sheet.Width) + sheet.Width - 4 - 16), 3 * 16).ToArray()
                .Should().Equal(expected.Pixels.AsSpan(3 * 16 * y, 3 * 16).ToArray());
        }
    }

    [Fact]
    public void An_unreadable_picture_is_told_and_another_one_shown()
    {
        var dataset = new TinyDataset(
            4, index => index == 1 ? throw new ImageFormatException("picture1", "is broken") : Plain((200, 0, 0)), classCount: 1);

        var sheet = ContactSheet.Make(dataset, Small);

        Count(sheet.Image, (200, 0, 0)).Should().Be(3 * 16 * 16);
        sheet.Unreadable.Should().BeSubsetOf([new DataFault("picture1", "is broken")]);
    }

    [Fact]
    public void Of_many_classes_some_are_shown_evenly()
    {
        var sheet = ContactSheet.Make(new TinyDataset(100, classCount: 100), Small with { MaxClassCount = 4 });

        sheet.Classes.Should().Equal("class0", "class25", "class50", "class75");
    }

    [Fact]
    public void Names_that_have_no_letters_here_and_large_odd_pictures_do_no_harm()
    {
        var labels = new ClassLabels(["日本語 ñ", new string('x', 300)]);
        var dataset = new NamedDataset(labels, Plain((1, 2, 3), 3000, 1));

        var sheet = ContactSheet.Make(dataset, Small);

        sheet.Classes.Should().Equal(labels);
        sheet.Image.Width.Should().BeLessThan(500);
    }

    [Fact]
    public void Options_that_cannot_be_used_are_all_listed()
    {
        Action make = () => ContactSheet.Make(new TinyDataset(1), new ContactSheetOptions { SamplesPerClass = 0, ThumbnailSize = 5, MaxClassCount = 0 });

        make.Should().Throw<InvalidOptionsException>().WithMessage(
            "*SamplesPerClass is 0; it must be 1 to 64.*ThumbnailSize is 5; it must be 16 to 512.*MaxClassCount is 0; it must be 1 to 200.*");
    }

    private static int Count(RgbImage image, (int Red, int Green, int Blue) colour) =>
        image.Pixels.Chunk(3).Count(pixel => (pixel[0], pixel[1], pixel[2]) == colour);

    private static RgbImage Plain((byte Red, byte Green, byte Blue) colour, int width = 4, int height = 4) =>
        new(width, height, [.. Enumerable.Repeat(new[] { colour.Red, colour.Green, colour.Blue }, width * height).SelectMany(pixel => pixel)]);

    private sealed class NamedDataset(ClassLabels labels, RgbImage image) : IImageDataset
    {
        public int Count => labels.Count;

        public ClassLabels Labels => labels;

        public int LabelOf(int index) => index;

        public string NameOf(int index) => labels[index];

        public ImageSample Read(int index) => new(image, index);
    }
}

using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

public sealed class TrainingFingerprintTests
{
    [Fact]
    public void An_image_is_known_by_its_first_40_bits()
    {
        var fingerprint = TrainingFingerprint.Of([Hash(0x0102030405_060708)], [Hash(0xffffffffff_000000)]);

        fingerprint.UseOf(Hash(0x0102030405_ffffff)).Should().Be(ImageUse.Trained);
        fingerprint.UseOf(Hash(0xffffffffff_123456)).Should().Be(ImageUse.Selected);
        fingerprint.UseOf(Hash(0x0102030406_060708)).Should().Be(ImageUse.Unseen);
        fingerprint.IsComplete.Should().BeTrue();
    }

    [Fact]
    public void What_was_trained_on_counts_once_and_not_as_selected_by()
    {
        var fingerprint = TrainingFingerprint.Of([Hash(1L << 60), Hash(1L << 60), Hash(1L << 61)], [Hash(1L << 61), Hash(1L << 62)]);

        (fingerprint.TrainedCount, fingerprint.SelectedCount).Should().Be((2, 1));
        fingerprint.UseOf(Hash(1L << 61)).Should().Be(ImageUse.Trained);
    }

    [Fact]
    public void Of_more_images_than_fit_those_with_the_lowest_hashes_are_kept()
    {
        var fingerprint = TrainingFingerprint.Of(Enumerable.Range(1, 10).Select(i => Hash((ulong)i << 24)), [], maxHashCount: 4);

        fingerprint.IsComplete.Should().BeFalse();
        fingerprint.TrainedCount.Should().Be(10);
        fingerprint.UseOf(Hash(4UL << 24)).Should().Be(ImageUse.Trained);
        fingerprint.UseOf(Hash(5UL << 24)).Should().Be(ImageUse.Unknown);
        fingerprint.UseOf(Hash(0)).Should().Be(ImageUse.Unseen);
        fingerprint.UseOf(Hash(11UL << 24)).Should().Be(ImageUse.Unknown);
    }

    [Fact]
    public void A_union_knows_the_images_of_both()
    {
        var first = TrainingFingerprint.Of([Hash(1UL << 30)], [Hash(1UL << 31)]);
        var second = TrainingFingerprint.Of([Hash(1UL << 31)], [new ImageHash(ImageHashKind.Pixels, 1UL << 32)]);

        var union = second.Union(first);

        union.Should().Be(first.Union(second));
        (union.TrainedCount, union.SelectedCount).Should().Be((2, 1));
        union.Kinds.Should().Equal(ImageHashKind.File, ImageHashKind.Pixels);
        union.UseOf(Hash(1UL << 31)).Should().Be(ImageUse.Trained);
        union.UseOf(Hash(1UL << 32)).Should().Be(ImageUse.Selected);
        first.Union(null).Should().BeSameAs(first);
    }

    [Fact]
    public void A_union_knows_nothing_of_what_one_of_both_left_out()
    {
        var sample = TrainingFingerprint.Of(Enumerable.Range(1, 10).Select(i => Hash((ulong)i << 24)), [], maxHashCount: 4);

        var union = TrainingFingerprint.Of([Hash(9UL << 24), Hash(2UL << 24)], [Hash(1UL << 20)]).Union(sample);

        union.UseOf(Hash(3UL << 24)).Should().Be(ImageUse.Trained);
        union.UseOf(Hash(9UL << 24)).Should().Be(ImageUse.Unknown);
        union.UseOf(Hash(0)).Should().Be(ImageUse.Selected, "its first 40 bits are those of 1 << 20");
    }

    private static ImageHash Hash(ulong value) => new(ImageHashKind.File, value);
}

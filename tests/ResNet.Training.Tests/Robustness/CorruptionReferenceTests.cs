using System.Security.Cryptography;
using ResNet.Imaging;
using ResNet.Training.Tests.Augmentation;

namespace ResNet.Training.Tests.Robustness;

/// <summary>Corruptions without chance, against what their definitions give in Python.</summary>
public sealed class CorruptionReferenceTests
{
    /// <summary>
    /// The first eight bytes of the SHA-256 of the pixels that the definitions give for the reference picture, severity 1 to 5: brightness through hue,
    /// saturation and value, and contrast, in Python's fractions; Pillow 9.4's BOX filter and JPEG; scipy 1.10's gaussian_filter (mode nearest, truncate
    /// 4) and correlate (mode mirror) in float64, rounded down from a thousandth above.
    /// </summary>
    [Theory]
    [InlineData(CorruptionKind.Brightness, 37, 29, "e257bfb5fb556a30 89ac9d0fe27f287e 3d873d4528edee00 31bd15d9e375b2f3 f037ba6888a77b2b")]
    [InlineData(CorruptionKind.Contrast, 37, 29, "acfb6e6cc97cc5c1 ac2ec4c647a01c51 c70b5215172285f0 c930d1451ac21902 8e7de59e2a1a60af")]
    [InlineData(CorruptionKind.Pixelate, 37, 29, "3eb3699f2da39b0d 957e5162534f6ac2 b363d2d90e1438d6 b139618fd9cdbeb1 35ba37f810404dcb")]
    [InlineData(CorruptionKind.Jpeg, 37, 29, "753256a126f912cd 73fb4184e473964e 5aaaf6c1c8032d5c 7a265eab02dfc353 843e0cc036bd5430")]
    [InlineData(CorruptionKind.GaussianBlur, 37, 29, "35942d3b232d3850 3e1073aa1a5cedda d9864d76900980b8 69ce54158b542198 f50e07c2f069f9d6")]
    [InlineData(CorruptionKind.DefocusBlur, 37, 29, "faacfd88fa54d963 dad94ba0451ccc58 47ece61fe6ee708b a6ef3fd9b63cde29 055953a225219b53")]
    [InlineData(CorruptionKind.Brightness, 75, 66, "0381050a3fcb24a5 082f58fbc22fe7c8 0c1875a2eb01a3a6 589219e672321c6c 0477976224a589a6")]
    [InlineData(CorruptionKind.Contrast, 75, 66, "ba302e50941e25bb fe288f0b59ec8011 2a606f21882a161a 60d3c6bba1adaaa9 aa69c13a41a1af9c")]
    [InlineData(CorruptionKind.Pixelate, 75, 66, "e3af8dc41ae65f26 19dcd746ef3ba51e 3879b89cb44c7917 2574c2ce59463f4d 6d16b6f201aece78")]
    [InlineData(CorruptionKind.Jpeg, 75, 66, "e45310555f8957b9 c1e583426b6b6fd8 e2fa9231d13d8b76 514a77d9c5f2dd6b 3289f61e1fd3e70d")]
    [InlineData(CorruptionKind.GaussianBlur, 75, 66, "827a8f9daa195494 1b79472476d11edf 32d832d74e1cc947 0eb9fa53028bf6c3 da02b09ec784d7b4")]
    [InlineData(CorruptionKind.DefocusBlur, 75, 66, "2895428680779368 78fc832a2910b32e 5b2a797a357d6452 a5c7b38fbf774167 a9c2e110fc9eb04f")]
    public void Pixels_are_those_of_Python(CorruptionKind kind, int width, int height, string hashes)
    {
        var image = Pictures.Reference(width, height);

        string found = string.Join(' ', Enumerable.Range(1, 5).Select(severity => Hash(new Corruption(kind, severity).Apply(image, new SampleRandom(0)))));

        found.Should().Be(hashes);
    }

    private static string Hash(RgbImage image) => Convert.ToHexStringLower(SHA256.HashData(image.Pixels))[..16];
}

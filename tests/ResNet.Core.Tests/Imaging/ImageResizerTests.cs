namespace ResNet.Imaging;

public sealed class ImageResizerTests
{
    /// <summary>The numbers are what Pillow 9.4 gives for <see cref="TestPictures.Patterned"/>, in hexadecimal, row by row.</summary>
    [Theory]
    [InlineData(7, 5, 3, 2, ResizeFilter.Bilinear, "687A6589688A68699C6A6C9B7769A871799E")]
    [InlineData(7, 5, 3, 2, ResizeFilter.Bicubic, "687D618B648764689C6A6C9E7365AA777BA0")]
    [InlineData(7, 5, 4, 8, ResizeFilter.Bilinear, "51815F9F54AD66365A3B4C6B68715D9B62777B5D764F73A581635C92743B928C986E9EEA54A36C6C699C70668C9D53BA559E825F68B558689988589086549D6C6F864993C02EAE6C7E58C3665A848D69CA728F957360DF614986C445CFAE70B8")]
    [InlineData(7, 5, 4, 8, ResizeFilter.Bicubic, "4A8B59A852C061285334485E667158A362767E59734577A4805E5B92762C9B919B6AA3F647B1646969A9736487AE41C14AAB7A5C68CB5066969147868A4D9B6E72834599CA24B5618254CC6659799465D36F97947267EA5F467CD037D1B76FC0")]
    [InlineData(3, 2, 6, 5, ResizeFilter.Bilinear, "052B5F2C5D5C7AC057A9C571B86CAAC03FC70E28683257627AB457A3B96BAC669EB13CB8341B8E4B3E7C7A82588A87537A4E6D73317A590EB46424957A4F5871543A48353B34253C620BBD6A1E9B7A43586B48343C2F2F25222D")]
    [InlineData(3, 2, 6, 5, ResizeFilter.Bicubic, "001C561B5A537CDF4EBAE474CB6BBED331E106196727505F7CC84FAFCE69B561A8B82EC6300F9546377F7F8D5292934C7B496F70267F5905C2651E9F81515574582F403135281E376802D37114AB813A566942242A271F0D1B1C")]
    [InlineData(1, 1, 2, 2, ResizeFilter.Bilinear, "052B5F052B5F052B5F052B5F")]
    [InlineData(1, 1, 2, 2, ResizeFilter.Bicubic, "052B5F052B5F052B5F052B5F")]
    [InlineData(9, 1, 4, 1, ResizeFilter.Bilinear, "6D846F853B9752435A75616A")]
    [InlineData(9, 1, 4, 1, ResizeFilter.Bicubic, "6A876E8D379B4E425874636B")]
    [InlineData(1, 9, 1, 4, ResizeFilter.Bilinear, "6D846F853B9752435A75616A")]
    [InlineData(1, 9, 1, 4, ResizeFilter.Bicubic, "6A876E8D379B4E425874636B")]
    [InlineData(6, 4, 6, 2, ResizeFilter.Bilinear, "365D91B0958966756E764366986B71615E6A4D75AB8447A7869792536A8F7A4F9E8F8E9C")]
    [InlineData(6, 4, 6, 2, ResizeFilter.Bicubic, "355B90B49B8762736A7940629B6E6E5D5B675078AF8041AB889B944F6E91774CA39493A1")]
    [InlineData(6, 4, 3, 4, ResizeFilter.Bilinear, "6383699145A3563545825B8A7C6F31A383716BB1E239AB8E7479D3671F74A63DBD7A5C70")]
    [InlineData(6, 4, 3, 4, ResizeFilter.Bicubic, "5F8A639A41AF50333C835993786F25A8867870B2EA30AE817973DA621B6CAE3DC9765F68")]
    [InlineData(2, 11, 5, 3, ResizeFilter.Bilinear, "664F77694F76714E73794E6F7C4E6E7599877695877787847779827775815656AC5B58AC6F60AB8368A9886AA9")]
    [InlineData(2, 11, 5, 3, ResizeFilter.Bicubic, "654976674A74724B707D4B6C814B6A74A687749F86758C8376798076727F5855B05C56B07060AF836AAD8A70AE")]
    [InlineData(7, 5, 3, 2, ResizeFilter.Box, "57936084588D755EA9895FC16D59A66A958F")]
    [InlineData(7, 5, 4, 8, ResizeFilter.Box, "538E5A9125C2825536364868538E5A9125C2825536364868796158BE7D4A75737F6DAAF539CA6E856FE5032C63BC299F39CA6E856FE5032C63BC299F90519D657A9D277BDD29BC62816DE55E206EE165F2AA6DBB816DE55E206EE165F2AA6DBB")]
    [InlineData(3, 2, 6, 5, ResizeFilter.Box, "052B5F052B5FA1F154A1F154C03FC7C03FC7052B5F052B5FA1F154A1F154C03FC7C03FC7620BBD620BBD82553682553625222D25222D620BBD620BBD82553682553625222D25222D620BBD620BBD82553682553625222D25222D")]
    [InlineData(1, 1, 2, 2, ResizeFilter.Box, "052B5F052B5F052B5F052B5F")]
    [InlineData(9, 1, 4, 1, ResizeFilter.Box, "538E5A8C3593364868796158")]
    [InlineData(1, 9, 1, 4, ResizeFilter.Box, "538E5A8C3593364868796158")]
    [InlineData(6, 4, 6, 2, ResizeFilter.Box, "264C81C3967766636E873166A97C5E4D4B564E77AD7449AA9B9AA7446DA46C41A29493A1")]
    [InlineData(6, 4, 3, 4, ResizeFilter.Box, "538E5A9125C2543C3296549E5C6F12A28B826DAAF539CA6E856FE5561662A63DDD7A655E")]
    [InlineData(2, 11, 5, 3, ResizeFilter.Box, "634B80634B808356768356768356767CA4867CA4867674807674807674805B5AA65B5AA6826CA3826CA3826CA3")]
    public void Small_pictures_equal_Pillow_to_the_byte(int width, int height, int newWidth, int newHeight, ResizeFilter filter, string expected)
    {
        RgbImage resized = ImageResizer.Resize(TestPictures.Patterned(width, height), newWidth, newHeight, filter);
        (resized.Width, resized.Height).Should().Be((newWidth, newHeight));
        Convert.ToHexString(resized.Pixels).Should().Be(expected);
    }

    [SkippableTheory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    [InlineData(ResizeFilter.Box)]
    public void Pictures_of_every_shape_equal_Pillow_to_the_byte(ResizeFilter filter)
    {
        Skip.IfNot(Pillow.IsInstalled, Pillow.WhySkipped);
        (int Width, int Height)[] sizes = [(1, 1), (1, 40), (40, 1), (3, 2), (17, 23), (64, 64), (100, 37), (333, 250), (5, 600)];
        (int Width, int Height)[] targets = [(1, 1), (2, 7), (17, 23), (32, 32), (224, 149), (13, 211), (300, 3)];
        var jobs = sizes.SelectMany(from => targets.Select(to => (From: TestPictures.Patterned(from.Width, from.Height), To: to))).ToList();
        IReadOnlyList<byte[]> expected = Pillow.Resize(jobs, filter);
        for (int i = 0; i < jobs.Count; i++)
        {
            ((RgbImage from, (int Width, int Height) to), string because) = (jobs[i], $"{jobs[i].From.Width}x{jobs[i].From.Height} to {jobs[i].To}");
            ImageResizer.Resize(from, to.Width, to.Height, filter).Pixels.AsSpan().SequenceEqual(expected[i]).Should().BeTrue(because);
        }
    }

    [Theory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    [InlineData(ResizeFilter.Box)]
    public void Flat_pictures_stay_flat(ResizeFilter filter)
    {
        foreach (byte value in (byte[])[0, 1, 127, 254, 255])
        {
            ImageResizer.Resize(TestPictures.Flat(31, 17, value), 50, 6, filter).Pixels.Should().OnlyContain(b => b == value);
        }
    }

    [Fact]
    public void The_same_size_gives_an_equal_copy()
    {
        RgbImage picture = TestPictures.Patterned(8, 5);
        RgbImage resized = ImageResizer.Resize(picture, 8, 5, ResizeFilter.Bicubic);
        resized.Pixels.Should().Equal(picture.Pixels).And.NotBeSameAs(picture.Pixels);
    }

    [Theory]
    [InlineData(500, 375, 256, 341, 256)]
    [InlineData(375, 500, 256, 256, 341)]
    [InlineData(333, 500, 256, 256, 384)]
    [InlineData(7, 7, 3, 3, 3)]
    [InlineData(1, 100, 5, 5, 500)]
    [InlineData(300, 256, 256, 300, 256)]
    public void The_longer_side_is_rounded_down(int width, int height, int size, int newWidth, int newHeight)
    {
        RgbImage resized = ImageResizer.ResizeShorterSide(TestPictures.Flat(width, height, 9), size, ResizeFilter.Bilinear);
        (resized.Width, resized.Height).Should().Be((newWidth, newHeight));
    }

    [Theory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    [InlineData(ResizeFilter.Box)]
    public void A_window_equals_a_crop_of_the_resized_picture(ResizeFilter filter)
    {
        RgbImage picture = TestPictures.Patterned(61, 47);
        foreach ((int width, int height) in ((int, int)[])[(30, 23), (61, 20), (130, 99), (29, 47)])
        {
            RgbImage whole = ImageResizer.Resize(picture, width, height, filter);
            foreach (PixelWindow w in (PixelWindow[])[new(0, 0, 1, 1), new(5, 3, 17, 11), new(width - 9, height - 2, 9, 2), new(0, 0, width, height)])
            {
                ImageResizer.ResizeAndCrop(picture, width, height, w, filter).Pixels
                    .Should().Equal(ImageCrop.At(whole, w.X, w.Y, w.Width, w.Height).Pixels);
            }
        }
    }

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        RgbImage picture = TestPictures.Flat(1, 100_000, 0);
        ((Action)(() => ImageResizer.Resize(picture, 0, 5, ResizeFilter.Bilinear))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => ImageResizer.Resize(picture, 5, 5, (ResizeFilter)7))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => ImageResizer.ResizeShorterSide(picture, 256, ResizeFilter.Bilinear)))
            .Should().Throw<ArgumentException>().WithMessage("A picture of 256x25600000 takes 19660800000 bytes*");
        ((Action)(() => ImageResizer.ResizeShorterSide(picture, 100_000, ResizeFilter.Bilinear)))
            .Should().Throw<ArgumentException>().WithMessage("*10000000000 pixels long*");
    }
}

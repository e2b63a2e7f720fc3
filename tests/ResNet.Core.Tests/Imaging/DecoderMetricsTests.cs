using System.Diagnostics.Metrics;
using ResNet.TestSupport.Images;

namespace ResNet.Imaging;

/// <summary>Who decodes images himself finds errors and times under the same meter as a classifier's.</summary>
public sealed class DecoderMetricsTests
{
    [Fact]
    public void Times_and_errors_of_every_image_are_measured()
    {
        var measured = new List<string>();
        int thread = Environment.CurrentManagedThreadId;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "ResNet" && instrument.Name.StartsWith("resnet.decoder", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Note(instrument.Name));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note($"{instrument.Name} {tags[0].Value}"));
        listener.Start();

        ImageDecoder.Decode(SamplePictures.All["jpeg"].File, "x");
        ((Action)(() => ImageDecoder.Decode("no image"u8, "x"))).Should().Throw<ImageFormatException>();
        ((Action)(() => ImageDecoder.Decode(new MemoryStream(new byte[20]), "x", new ImageDecodeOptions { MaxByteCount = 10 }))).Should().Throw<ImageFormatException>();

        const string Error = "resnet.decoder.errors ResNet.Imaging.ImageFormatException";
        measured.Should().Equal("resnet.decoder.duration", Error, Error);

        // Other tests decode meanwhile.
        void Note(string what)
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                measured.Add(what);
            }
        }
    }
}

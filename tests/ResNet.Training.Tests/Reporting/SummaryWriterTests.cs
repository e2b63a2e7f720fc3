using TorchSharp;

namespace ResNet.Training.Tests.Reporting;

/// <summary>TorchSharp's own writer of TensorBoard's events still runs on the newer Google.Protobuf that ResNet.Onnx brings.</summary>
public sealed class SummaryWriterTests
{
    [Fact]
    public void TorchSharps_own_writer_works()
    {
        using var folder = new TemporaryFolder();
        var writer = torch.utils.tensorboard.SummaryWriter(folder.Root);
        writer.add_scalar("loss", 0.25f, 1);

        byte[] events = File.ReadAllBytes(Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories).Single());

        events.AsSpan().IndexOf("loss"u8).Should().BePositive();
        typeof(Google.Protobuf.IMessage).Assembly.GetName().Version!.Minor.Should().BeGreaterThan(21);
    }
}

using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace ResNet.Training;

/// <summary>
/// The history of a run as TensorBoard reads it. TorchSharp's own writer gives times in 100 ns or rounded to two minutes where TensorBoard wants
/// seconds, so its messages are taken and its writer is not. A file grows by whole records: whoever reads it meanwhile sees no half of one.
/// </summary>
internal sealed class EventFile : IDisposable
{
    /// <summary>TensorBoard reads every file with "tfevents" in its name, and all of a folder as one run.</summary>
    private const string Prefix = "events.out.tfevents.";
    private readonly FileStream _stream;
    private readonly DateTimeOffset _start;

    /// <summary>Starts a file in place of what earlier parts of the run have left, since they may reach beyond the point where it goes on.</summary>
    public EventFile(string directory, DateTimeOffset start)
    {
        foreach (string old in Directory.GetFiles(directory, Prefix + "*"))
        {
            File.Delete(old);
        }

        _start = start;
        _stream = new FileStream(Path.Combine(directory, Invariant($"{Prefix}{start.ToUnixTimeSeconds():D10}.resnet")), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _stream.Write(Record(new Event { FileVersion = "brain.Event:2", WallTime = Seconds(start) }));
    }

    /// <summary>Adds points, all of them or, where the disk is full, none: TensorBoard reads nothing that stands behind half a record.</summary>
    public void Add(IEnumerable<MetricPoint> points)
    {
        long whole = _stream.Position;
        using var records = new MemoryStream();
        foreach (var point in points)
        {
            records.Write(Record(ToEvent(point)));
        }

        try
        {
            _stream.Write(records.GetBuffer().AsSpan(0, (int)records.Length));
        }
        catch (IOException)
        {
            _stream.SetLength(whole);
            _ = _stream.Seek(whole, SeekOrigin.Begin);
            throw;
        }
    }

    public void Dispose() => _stream.Dispose();

    private Event ToEvent(MetricPoint point)
    {
        var summary = new Summary();
        Add(summary, "error/train", point.TrainError);
        Add(summary, "error/validation", point.ValidationError);
        Add(summary, "loss/train", point.TrainLoss);
        Add(summary, "loss/validation", point.ValidationLoss);
        Add(summary, "learning_rate", point.LearningRate);
        Add(summary, "speed/images_per_second", point.ImagesPerSecond);
        Add(summary, "speed/data_wait_share", point.DataWaitShare);
        return new Event { Step = point.Iteration, WallTime = Seconds(_start + point.Elapsed), Summary = summary };
    }

    private static void Add(Summary summary, string tag, double? value)
    {
        if (value is { } number)
        {
            summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)number });
        }
    }

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Length, its checksum, content, its checksum: the records of TensorFlow.</summary>
    private static byte[] Record(Event content)
    {
        byte[] bytes = content.ToByteArray();
        byte[] record = new byte[bytes.Length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(record, bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Checksum(record.AsSpan(0, 8)));
        bytes.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(bytes.Length + 12), Checksum(bytes));
        return record;
    }

    /// <summary>CRC-32C, turned and shifted so that a checksum of a checksum is no trap.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return BitOperations.RotateRight(~sum, 15) + 0xA282EAD8;
    }
}

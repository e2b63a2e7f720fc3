using System.Globalization;
using System.IO.Hashing;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>The pictures of one part in memory, 3072 bytes each, as pictures lie elsewhere: red, green, blue of the first pixel first.</summary>
internal sealed class CifarPictures
{
    private const int RecordsAtOnce = 256;
    private readonly CifarFormat _format;
    private readonly string _folder;
    private readonly CifarPart _part;
    private readonly byte[] _pixels;
    private readonly byte[] _labels;

    private CifarPictures(CifarFormat format, string folder, CifarPart part, int labelByte)
    {
        (_format, _folder, _part) = (format, folder, part);
        IReadOnlyList<CifarFile> files = format.FilesOf(part);
        int count = files.Sum(file => file.Count);
        _labels = new byte[count];
        _pixels = GC.AllocateUninitializedArray<byte>(checked(count * CifarFormat.PictureBytes));
        int first = 0;
        foreach (CifarFile file in files)
        {
            ReadFile(file, first, labelByte);
            first += file.Count;
        }
    }

    public int Count => _labels.Length;

    /// <summary>Of all pixels: names of pictures say nothing about their file.</summary>
    public string Hash => XxHash3.HashToUInt64(_pixels).ToString("x16", CultureInfo.InvariantCulture);

    /// <exception cref="DatasetException">A file is missing, of another length, holds labels out of range or cannot be read.</exception>
    public static CifarPictures Read(CifarFormat format, string folder, CifarPart part, int labelByte)
    {
        try
        {
            return new CifarPictures(format, folder, part, labelByte);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{folder}: the files of {format.Name} cannot be read: {e.Message}", e);
        }
    }

    public int LabelOf(int index)
    {
        DatasetIndex.Check(index, Count);
        return _labels[index];
    }

    public string NameOf(int index)
    {
        DatasetIndex.Check(index, Count);
        int inFile = index;
        foreach (CifarFile file in _format.FilesOf(_part))
        {
            if (inFile < file.Count)
            {
                return Invariant($"{Path.Combine(_folder, file.Name)}#{inFile}");
            }

            inFile -= file.Count;
        }

        throw new InvalidOperationException("The files hold fewer pictures than they should.");
    }

    public PictureSize? SizeOf(int index)
    {
        DatasetIndex.Check(index, Count);
        return new PictureSize(CifarFormat.Side, CifarFormat.Side);
    }

    public ImageSample ReadImage(int index)
    {
        int label = LabelOf(index);
        return new ImageSample(new RgbImage(CifarFormat.Side, CifarFormat.Side, PixelsOf(index).ToArray()), label);
    }

    public int ReadImage(int index, ImageCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        int label = LabelOf(index);
        PixelsOf(index).CopyTo(canvas.Begin(CifarFormat.Side, CifarFormat.Side));
        return label;
    }

    private Span<byte> PixelsOf(int index) => _pixels.AsSpan(index * CifarFormat.PictureBytes, CifarFormat.PictureBytes);

    private void ReadFile(CifarFile file, int first, int labelByte)
    {
        string path = Path.Combine(_folder, file.Name);
        ExistingFile.Ensure(path, $"a file of {_format.Name}");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        long expected = _format.LengthOf(file);
        if (stream.Length != expected)
        {
            throw new DatasetException(
                Invariant($"{path} is no whole file of {_format.Name}'s binary version: it should have {expected} bytes ({file.Count} pictures of ")
                + Invariant($"{_format.RecordBytes}), but has {stream.Length}. Download or unpack it again."));
        }

        byte[] records = new byte[RecordsAtOnce * _format.RecordBytes];
        for (int done = 0; done < file.Count; done += RecordsAtOnce)
        {
            int count = Math.Min(RecordsAtOnce, file.Count - done);
            stream.ReadExactly(records.AsSpan(0, count * _format.RecordBytes));
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> record = records.AsSpan(i * _format.RecordBytes, _format.RecordBytes);
                EnsureLabels(record, path, done + i);
                _labels[first + done + i] = record[labelByte];
                Interleave(record[_format.LabelLimits.Count..], PixelsOf(first + done + i));
            }
        }
    }

    private void EnsureLabels(ReadOnlySpan<byte> record, string path, int picture)
    {
        for (int i = 0; i < _format.LabelLimits.Count; i++)
        {
            if (record[i] >= _format.LabelLimits[i])
            {
                throw new DatasetException(
                    Invariant($"{path} is no file of {_format.Name}'s binary version, or damaged: picture {picture}, at byte {(long)picture * _format.RecordBytes + i}, ")
                    + Invariant($"has the label {record[i]}; labels go from 0 to {_format.LabelLimits[i] - 1}. Download or unpack it again."));
            }
        }
    }

    private static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        ReadOnlySpan<byte> red = planes[..CifarFormat.PixelCount];
        ReadOnlySpan<byte> green = planes.Slice(CifarFormat.PixelCount, CifarFormat.PixelCount);
        ReadOnlySpan<byte> blue = planes.Slice(2 * CifarFormat.PixelCount, CifarFormat.PixelCount);
        for (int i = 0; i < CifarFormat.PixelCount; i++)
        {
            pixels[3 * i] = red[i];
            pixels[(3 * i) + 1] = green[i];
            pixels[(3 * i) + 2] = blue[i];
        }
    }
}

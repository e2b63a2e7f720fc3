using ResNet.Compilation;
using ResNet.Imaging;

namespace ResNet.Inference;

/// <summary>Reads photos of a folder for the calibration and the self-check of a compiled network.</summary>
internal static class CalibrationFolder
{
    /// <summary>Each takes as long as about one and a half passes of the model. With twice as many, the errors of int8 in three networks on CIFAR-10 are the same within 2 %.</summary>
    public const int MostPictures = 128;

    private const int MostWorkers = 8;
    private const int Seed = 20_151_210;

    /// <summary>The photos that compiling a network takes.</summary>
    /// <param name="options">Options with a folder.</param>
    /// <param name="preprocessing">How pictures are prepared; of ten crops, the middle is taken.</param>
    /// <param name="cancellationToken">Ends it between two photos.</param>
    /// <returns>The samples; null where nobody would look at them.</returns>
    /// <exception cref="InvalidOptionsException">There is no picture in the folder that can be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PreparedSamples? Samples(EngineOptions options, Preprocessing preprocessing, CancellationToken cancellationToken)
    {
        int most = options.Compile.Precision == CompilePrecision.Int8 ? MostPictures : options.Compile.SelfCheck ? SelfCheck.SampleCount : 0;
        return most == 0 ? null : Read(options.CalibrationFolder!, Math.Min(most, FittingCount(preprocessing.CropSize)), preprocessing, cancellationToken);
    }

    /// <summary>All of them are held as one tensor: of very large crops, which a file may ask for, fewer are.</summary>
    private static int FittingCount(int cropSize)
    {
        const double MaxBytes = 512 << 20;
        return (int)Math.Clamp(MaxBytes / (3 * sizeof(float) * Math.Pow(cropSize, 2)), 1, MostPictures);
    }

    /// <summary>
    /// Reads so many pictures, taken evenly from all of the folder's in their order. Where one cannot be read, the next one serves that none was taken of yet.
    /// </summary>
    private static PreparedSamples Read(string folder, int most, Preprocessing preprocessing, CancellationToken cancellationToken)
    {
        var search = PictureSearch.Under(folder);
        if (search.Files.Count == 0)
        {
            string leftOut = string.Concat(search.LeftOut.Take(5).Select(left => $"; left out: {left.Path}, {left.Reason}"));
            throw Unusable($"is '{folder}', which holds no pictures ({PictureSearch.Endings}), nor does any folder in it{leftOut}");
        }

        int count = Math.Min(most, search.Files.Count);
        var pictures = new RgbImage?[count];
        var faults = new List<string>[count];
        var workers = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostWorkers), CancellationToken = cancellationToken };
        Parallel.For(0, count, workers, i =>
        {
            faults[i] = [];
            for (int file = First(i); file < First(i + 1) && pictures[i] is null; file++)
            {
                workers.CancellationToken.ThrowIfCancellationRequested();
                try
                {
                    pictures[i] = preprocessing.Apply(ImageDecoder.Decode(search.Files[file]));
                }
                catch (Exception fault) when (ImageClassifier.IsOfFile(fault))
                {
                    faults[i].Add(fault.Message);
                }
            }
        });

        RgbImage[] read = [.. pictures.OfType<RgbImage>()];
        string[] unread = [.. faults.SelectMany(some => some)];
        if (read.Length == 0)
        {
            throw Unusable($"is '{folder}', where none of the picture files ({search.Files.Count}) can be read; the first one: {unread[0].TrimEnd('.')}");
        }

        // Folders are mostly sorted by what the photos show, and the self-check looks at the first ones.
        new Random(Seed).Shuffle(read);
        return new PreparedSamples(read, preprocessing.Normalization, unread);

        int First(int share) => (int)((long)share * search.Files.Count / count);
    }

    private static InvalidOptionsException Unusable(string fault) =>
        new(nameof(EngineOptions), [$"{nameof(EngineOptions.CalibrationFolder)} {fault}. {EngineOptions.CalibrationAdvice}"]);
}

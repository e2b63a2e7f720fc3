using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Opens ImageNet as it is published: <c>train/n01440764/*.JPEG</c>, and <c>val</c> with such folders or flat with a file of the answers beside.
/// </summary>
/// <remarks>
/// <para>Classes are ordered by the number of their WordNet entry, as networks' outputs are. Their names are those of
/// <see cref="ClassLabels.ImageNet1k"/> where all thousand are there; else those of <c>LOC_synset_mapping.txt</c> or <c>synset_words.txt</c>
/// ("n01440764 tench, Tinca tinca") beside <c>train</c> or <c>val</c>; else the entries' numbers.</para>
/// <para>Answers are <c>LOC_val_solution.csv</c> ("ILSVRC2012_val_00000001,n01751748 …"), or <c>ILSVRC2012_validation_ground_truth.txt</c>, one
/// number a line from 1. Those numbers count the classes of the development kit in its own order, so <c>ILSVRC2012_synsets.txt</c> must lie beside
/// it: the entries in that order, one a line (column WNID of the kit's meta.mat).</para>
/// <para>The folders may also lie in <c>ILSVRC/Data/CLS-LOC</c>. Pictures are listed, not opened.</para>
/// </remarks>
public static class ImageNetFolder
{
    /// <summary>Opens the pictures to train on.</summary>
    /// <param name="root">The folder that holds <c>train</c>.</param>
    /// <param name="decoding">How pictures are decoded. Default: null, upright, with a limit against enormous pictures.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DatasetException">There is no such folder, or one in it that is no WordNet entry; or no pictures.</exception>
    public static ImageFolder OpenTrain(string root, ImageDecodeOptions? decoding = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string train = SynsetNames.FolderOf(root, "train") ?? throw Missing(root, "train");
        return OpenFolders(root, train, synsets: null, decoding);
    }

    /// <summary>Opens the pictures to validate on, with the classes of <c>train</c>, where that is there.</summary>
    /// <param name="root">The folder that holds <c>val</c>, and the files beside it.</param>
    /// <param name="decoding">How pictures are decoded. Default: null, upright, with a limit against enormous pictures.</param>
    /// <returns>The data set. Pictures without an answer, or of a class that <c>train</c> lacks, are among its faults.</returns>
    /// <exception cref="DatasetException">There is no such folder, no file of answers for a flat one, or it does not fit the pictures.</exception>
    public static ImageFolder OpenValidation(string root, ImageDecodeOptions? decoding = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string val = SynsetNames.FolderOf(root, "val") ?? throw Missing(root, "val");
        string[]? synsets = SynsetNames.FolderOf(root, "train") is { } train ? SynsetNames.FoldersIn(train) : null;
        if (ClassFolders.HasFolders(val))
        {
            return OpenFolders(root, val, synsets, decoding);
        }

        string[] files = [.. Directory.EnumerateFiles(val).Where(file => PictureSearch.IsPicture(Path.GetFileName(file))).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new DatasetException($"{val} holds neither pictures nor folders of pictures. Unpack ILSVRC2012_img_val.tar there.");
        }

        ValidationAnswers answers = ValidationAnswers.Read(root, files);
        synsets ??= [.. answers.Synsets.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return Label(root, files, answers, synsets, decoding);
    }

    private static ImageFolder Label(string root, string[] files, ValidationAnswers answers, string[] synsets, ImageDecodeOptions? decoding)
    {
        Dictionary<string, int> labels = synsets.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        List<string> kept = [];
        List<int> keptLabels = [];
        List<DataFault> faults = [];
        foreach (string file in files)
        {
            if (FileNames.IsLost(file))
            {
                faults.Add(new DataFault(file, FileNames.NotUtf8));
            }
            else if (answers.Of(file) is not { } synset)
            {
                faults.Add(new DataFault(file, $"{answers.Source} has no answer for it"));
            }
            else if (labels.TryGetValue(synset, out int label))
            {
                kept.Add(file);
                keptLabels.Add(label);
            }
            else
            {
                faults.Add(new DataFault(file, $"is of class {synset}, which 'train' does not have"));
            }
        }

        return kept.Count > 0
            ? new ImageFolder(Path.GetDirectoryName(files[0])!, SynsetNames.Of(root, synsets), kept, keptLabels, faults, decoding)
            : throw new DatasetException($"{answers.Source} has an answer for none of the {files.Length} pictures in {Path.GetDirectoryName(files[0])}; they are of different sets.");
    }

    private static ImageFolder OpenFolders(string root, string folder, string[]? synsets, ImageDecodeOptions? decoding)
    {
        string[] found = SynsetNames.FoldersIn(folder);
        ClassFolders listed = ClassFolders.List(folder, new ClassLabels(synsets ?? found));
        return new ImageFolder(folder, SynsetNames.Of(root, synsets ?? found), listed.Files, listed.FileLabels, listed.Faults, decoding);
    }

    private static DatasetException Missing(string root, string name) =>
        new($"{root} holds no folder '{name}', nor does {Path.Combine(root, "ILSVRC", "Data", "CLS-LOC")}; name the folder that ImageNet was unpacked to.");
}

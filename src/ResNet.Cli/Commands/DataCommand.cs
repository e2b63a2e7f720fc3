using System.CommandLine;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary><c>resnet data</c>: what is in a folder of pictures, and what training would see of it.</summary>
internal static class DataCommand
{
    private const string DefaultSheet = "data-sheet.png";

    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("data", "Shows what is in a folder of labelled pictures: counts, sizes, faults, mean and standard deviation.");
        var folder = new Argument<string>("dir") { Description = "DIR/train/<class>/… beside DIR/test/… and DIR/val/…, or DIR/<class>/…" };
        command.Arguments.Add(folder);
        var quick = new Option<bool>("--quick") { Description = "Only list names: counts, and what is left out. No picture is read." };
        var duplicates = new Option<bool>("--duplicates") { Description = "Look for pictures with exactly the same pixels." };
        var sheet = new Option<string?>("--sheet") { Description = $"Write a PNG with augmented pictures of every class; without a name, {DefaultSheet}.", Arity = ArgumentArity.ZeroOrOne };
        var augmentation = new Option<string>("--augmentation") { Description = "What is done to the pictures of the sheet.", DefaultValueFactory = _ => AugmentationNames.Default };
        augmentation.AcceptOnlyFromAmong(AugmentationNames.Names);
        var samples = new Option<int>("--samples") { Description = "How many pictures of each class are on the sheet.", DefaultValueFactory = _ => new ContactSheetOptions().SamplesPerClass }.AtLeastOne();
        var seed = new Option<int>("--seed") { Description = "Chooses the pictures of the sheet, and draws their augmentation.", DefaultValueFactory = _ => 0 };
        var workers = new Option<int?>("--workers") { Description = "Threads that read pictures." }.AtLeastOne();
        var json = CommonOptions.Json();
        var corrupt = CorruptionOptions.CorruptOption("Make the sheet of corruptions instead, each in five severities");
        var validationFolder = CommonOptions.ValidationFolder();
        var testFolder = CommonOptions.TestFolder();
        Option[] options = [validationFolder, testFolder, quick, duplicates, sheet, augmentation, corrupt, samples, seed, workers, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(quick) && parsed.GetValue(duplicates))
            {
                throw new UsageException("--duplicates compares pictures, which --quick does not read; leave one of them out.");
            }

            var scan = new DatasetScanOptions { ReadPictures = !parsed.GetValue(quick), FindDuplicates = parsed.GetValue(duplicates) };
            scan = scan with { WorkerCount = parsed.GetValue(workers) ?? scan.WorkerCount };
            string? sheetFile = parsed.GetResult(sheet) is null ? null : parsed.GetValue(sheet) ?? DefaultSheet;
            EnsureIsPng(sheetFile);
            var sheetOptions = new ContactSheetOptions
            {
                Augmentation = AugmentationNames.Find(parsed.GetValue(augmentation)!),
                SamplesPerClass = parsed.GetValue(samples),
                Seed = parsed.GetValue(seed),
            };
            var corruptions = ReadCorruptions(parsed, corrupt, augmentation, samples, seed);
            scan.EnsureValid();
            sheetOptions.EnsureValid();
            corruptions?.EnsureValid();
            sheetFile ??= corruptions is null ? null : DefaultSheet;

            var parts = DatasetPart.OpenFolder(
                parsed.GetValue(folder)!, PartFolders.Find(parsed.GetValue(folder)!, parsed.GetValue(validationFolder), parsed.GetValue(testFolder)));
            DatasetReport? report = null;
            ShareDisplay.Show(terminal.Error, "reading", progress => report = DatasetReport.Scan(parts, scan, progress, stop));
            var text = new DataReportText(parsed.GetValue(folder)!, report!);
            if (corruptions is not null)
            {
                WriteCorruptions(terminal, parts[0], corruptions, sheetFile!, stop);
            }
            else if (sheetFile is not null)
            {
                WriteSheet(terminal, parts[0], sheetOptions, sheetFile, stop);
            }

            if (parsed.GetValue(json))
            {
                terminal.WriteJson(text.ToJson(sheetFile));
            }
            else
            {
                text.Print(terminal.Out);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void EnsureIsPng(string? path)
    {
        if (path is not null && !Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--sheet is {path}, but the sheet is a PNG file; give it a name that ends in .png.");
        }
    }

    private static CorruptionSheetOptions? ReadCorruptions(
        ParseResult parsed, Option<string?> corrupt, Option<string> augmentation, Option<int> samples, Option<int> seed)
    {
        if (parsed.GetValue(corrupt) is not { } names)
        {
            return null;
        }

        if (parsed.GetResult(augmentation) is { Implicit: false })
        {
            throw new UsageException("--augmentation and --corrupt are sheets of their own; leave one of them out.");
        }

        var options = new CorruptionSheetOptions { Kinds = CorruptionNames.Parse(names), Seed = parsed.GetValue(seed) };
        return parsed.GetResult(samples) is { Implicit: false } ? options with { PictureCount = parsed.GetValue(samples) } : options;
    }

    private static void WriteCorruptions(Terminal terminal, DatasetPart part, CorruptionSheetOptions options, string path, CancellationToken stop)
    {
        var sheet = CorruptionSheet.Make(part.Dataset, options, stop);
        sheet.SavePng(path);
        terminal.Error.Say($"{path}: {string.Join(", ", sheet.Pictures)} of '{part.Name}', {sheet.Image.Width}x{sheet.Image.Height}");
    }

    private static void WriteSheet(Terminal terminal, DatasetPart part, ContactSheetOptions options, string path, CancellationToken stop)
    {
        var sheet = ContactSheet.Make(part.Dataset, options, stop);
        sheet.SavePng(path);
        string some = sheet.Classes.Count < part.Dataset.Labels.Count ? $" {sheet.Classes.Count} of {part.Dataset.Labels.Count} classes" : string.Empty;
        terminal.Error.Say($"{path}:{some} of '{part.Name}', {sheet.Image.Width}x{sheet.Image.Height}");
    }
}

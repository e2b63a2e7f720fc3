using System.CommandLine;
using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary><c>resnet features</c>: what a network sees in pictures, as numbers; and which pictures look alike to it.</summary>
internal static class FeaturesCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("features", "Writes the network's features of all pictures of a folder, and finds pictures that look alike to it.");
        var folder = new Argument<string>("dir") { Description = "A folder of pictures, in any layout; folders in it count as classes." };
        command.Arguments.Add(folder);
        var output = new Option<string>("--output") { Description = "The folder that features.npy and features.csv are written to.", DefaultValueFactory = _ => "features" };
        var similar = new Option<string?>("--similar") { Description = "A photo whose most similar pictures are to be found." };
        var top = new Option<int>("--top") { Description = "How many similar pictures to find.", DefaultValueFactory = _ => 5 }.AtLeastOne();
        var batchSize = new Option<int>("--batch-size") { Description = "Pictures at once.", DefaultValueFactory = _ => 64 }.AtLeastOne();
        var workers = new Option<int?>("--workers") { Description = "Threads that read pictures." }.AtLeastOne();
        var json = CommonOptions.Json();
        Option[] options = [output, similar, top, batchSize, workers, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        var decoding = new DecodingOption(command);
        var network = new NetworkOptions(command, terminal, stop);
        command.SetAction(parsed =>
        {
            // What cannot work is found out before the work.
            OutputFolder.EnsureUsable(output.Name, parsed.GetValue(output));
            var query = parsed.GetValue(similar) is { } photo ? new QueryPhoto(photo, ImageDecoder.Decode(photo, decoding.Read(parsed), stop)) : null;
            var pictures = PictureFolder.Open(parsed.GetValue(folder)!, decoding.Read(parsed));
            using var used = network.Open(parsed);
            using var held = OutputFolder.Hold(output.Name, parsed.GetValue(output));
            FeatureTable? table = null;
            ShareDisplay.Show(terminal.Error, $"features of {pictures.Count:N0} pictures", progress => table = FeatureTable.Extract(
                used.Model, pictures, used.Preprocessing, parsed.GetValue(batchSize), parsed.GetValue(workers), progress, stop));
            terminal.Error.SayLeftOut(pictures.Faults.Concat(table!.Faults));

            string target = parsed.GetValue(output)!;
            _ = OutputMarker.Mark(target);
            string csv = Path.Combine(target, "features.csv");

            // Its rows are those of the other file: an older one beside a new one would name the wrong pictures.
            if (File.Exists(csv))
            {
                File.Delete(csv);
            }

            table.SaveNpy(Path.Combine(target, "features.npy"));
            table.SaveCsv(csv, stop);
            var found = query is null ? null : SimilarPictures.Find(used, table, query, parsed.GetValue(top));
            string? sheet = null;
            if (found is not null)
            {
                sheet = Path.Combine(target, "similar.png");
                ImageEncoder.SavePng(SimilarPictures.Draw(found), sheet);
            }

            FeaturesText.Write(terminal, parsed.GetValue(json), pictures, table, found, target, sheet);
            return ExitCode.Done;
        });
        return command;
    }
}

using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>Which folders beside <c>train</c> a run takes.</summary>
/// <param name="Validation">The folder that chooses the best weights, in the folder of the data or by its path; null where a part is held out instead.</param>
/// <param name="Test">The folder to test on; null where it is found by its name, or a part is held out instead.</param>
/// <param name="Labels">The classes of a run that goes on; null where the folders say them.</param>
internal sealed record TrainingFolders(string? Validation, string? Test, ClassLabels? Labels = null)
{
    /// <summary>The folder that chooses the best weights where none is named; null where there is none.</summary>
    public static string? FindValidation(string data, string? test) =>
        Directory.Exists(data) && ImageFolderSplits.FindTrainFolder(data) is not null && PartFolders.Find(data, test: test).Validation is { } path ? Path.GetFileName(path) : null;

    public PartFolders Find(string data)
    {
        var found = PartFolders.Find(data, Validation, Test);
        return Validation is null ? found with { Validation = null } : found;
    }
}

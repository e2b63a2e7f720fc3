namespace ResNet.Weights;

/// <summary>A tensor that has another name in the file than in the model.</summary>
/// <param name="NameInFile">Its name in the file.</param>
/// <param name="NameInModel">Its name in the model.</param>
public sealed record RenamedWeight(string NameInFile, string NameInModel);

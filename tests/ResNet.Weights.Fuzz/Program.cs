using ResNet.TestSupport.Fuzzing;
using ResNet.TestSupport.Mutants;

return await FuzzCommand.RunAsync(
    args,
    "Reads mutants of small files of weights. Each must be read or refused with a WeightsFormatException.",
    (seed, folder) => new WeightsTarget(folder is null ? Seeds.Own : Seeds.WithFolder(folder), seed));

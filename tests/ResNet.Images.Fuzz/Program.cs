using ResNet.TestSupport.Fuzzing;
using ResNet.TestSupport.Images;

const int MaxSeedBytes = 64 << 10;
return await FuzzCommand.RunAsync(
    args,
    "Decodes mutants of small image files. Each must be decoded or refused with an ImageFormatException, within the memory of ImageDecodeOptions.Untrusted.",
    (seed, folder) => new ImagesTarget([.. ImageSeeds.All, .. FilesOf(folder)], seed, Environment.ProcessorCount));

static IEnumerable<(string, byte[])> FilesOf(string? folder) => folder is null ? [] : Directory.EnumerateFiles(folder)
    .Where(path => new FileInfo(path).Length <= MaxSeedBytes).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)));

using ResNet.TestSupport.Fuzzing;
using ResNet.TestSupport.Mutants;

namespace ResNet.Core.Tests.Weights;

/// <summary>The short form of <c>tests/ResNet.Weights.Fuzz</c>.</summary>
public class MutantTests
{
    private const int Count = 10_000;

    [Fact]
    public void Mutants_of_own_files_are_read_or_refused_and_nothing_else() => EnsureReadOrRefused(Seeds.Own);

    [SkippableFact]
    public void Mutants_of_real_files_are_read_or_refused_and_nothing_else()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        EnsureReadOrRefused(Seeds.WithFolder(Oracle.PathTo("weights")));
    }

    [Fact]
    public void A_mutant_is_the_same_every_time()
    {
        for (long number = 0; number < 300; number++)
        {
            new Mutator(Seeds.Own, 5).Mutant(number).Bytes.Should().Equal(new Mutator(Seeds.Own, 5).Mutant(number).Bytes);
        }
    }

    private static void EnsureReadOrRefused(IReadOnlyList<Seed> files)
    {
        using var target = new WeightsTarget(files, seed: 1);
        var report = new FuzzRun { Target = target, Count = Count }.Run();

        report.Findings.Should().BeEmpty();
        report.Count.Should().Be(Count);
        report.CountOf(FuzzOutcome.Read).Should().BeInRange(Count / 100, Count / 2, "some changes touch values only, and most do not");
    }
}

using ResNet.TestSupport.Checkpoints;
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
        var mutator = new Mutator(files, seed: 1);
        int refused = 0;
        long current = 0;
        string? finding = null;
        var work = new Thread(() =>
        {
            for (long number = 0; number < Count && finding is null; number++)
            {
                Volatile.Write(ref current, number);
                (byte[] bytes, string of) = mutator.Mutant(number);
                var probe = Probe.Of(bytes, of, Mutator.OptionsOf(number));
                refused += probe.Refusal is null ? 0 : 1;
                finding = probe.Finding() is { } what ? $"mutant {number} of {of} {what}" : null;
            }
        })
        { IsBackground = true };
        work.Start();
        for (long last = -1; !work.Join(Probe.MostTime);)
        {
            long now = Volatile.Read(ref current);
            now.Should().NotBe(last, $"mutant {now} must not hang");
            last = now;
        }

        finding.Should().BeNull();
        refused.Should().BeInRange(Count / 2, Count - (Count / 100), "some changes touch values only, and most do not");
    }
}

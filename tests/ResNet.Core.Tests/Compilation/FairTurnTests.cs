using ResNet.Compilation;

namespace ResNet.Core.Tests.Compilation;

public sealed class FairTurnTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void Turns_come_in_the_order_in_which_they_were_asked_for()
    {
        var turn = new FairTurn();
        var order = new List<int>();
        var first = turn.Take();
        var threads = Enumerable.Range(0, 5).Select(index => new Thread(() =>
        {
            using (turn.Take())
            {
                order.Add(index);
            }
        })).ToList();
        foreach (var thread in threads)
        {
            thread.Start();
            SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience).Should().BeTrue();
        }

        first.Dispose();

        threads.ForEach(thread => thread.Join(Patience).Should().BeTrue());
        order.Should().Equal(0, 1, 2, 3, 4);
    }

    [Fact]
    public void Who_is_interrupted_waits_on_and_hears_of_it_afterwards()
    {
        var turn = new FairTurn();
        var first = turn.Take();
        bool hadTurn = false, heard = false;
        var thread = new Thread(() =>
        {
            using (turn.Take())
            {
                hadTurn = true;
            }

            try
            {
                Thread.Sleep(1);
            }
            catch (ThreadInterruptedException)
            {
                heard = true;
            }
        });
        thread.Start();
        for (int i = 0; i < 3; i++)
        {
            SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience).Should().BeTrue();
            thread.Interrupt();
            Thread.Sleep(10);
        }

        hadTurn.Should().BeFalse("somebody else holds it");
        first.Dispose();

        thread.Join(Patience).Should().BeTrue();
        hadTurn.Should().BeTrue();
        heard.Should().BeTrue();
        turn.Take().Dispose();
    }

    [Fact]
    public void Who_asks_again_at_once_waits_for_the_others()
    {
        const int ThreadCount = 3, TurnCount = 200;
        var turn = new FairTurn();
        var holders = new List<int>();
        using var start = new Barrier(ThreadCount);
        var threads = Enumerable.Range(0, ThreadCount).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            for (int i = 0; i < TurnCount; i++)
            {
                using (turn.Take())
                {
                    holders.Add(index);
                    Thread.Sleep(TimeSpan.FromMilliseconds(0.2));
                }
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());

        threads.ForEach(thread => thread.Join(Patience).Should().BeTrue());
        holders.Should().HaveCount(ThreadCount * TurnCount);
        holders.Zip(holders.Skip(1)).Count(pair => pair.First == pair.Second).Should().BeLessThan(holders.Count / 4, "turns go round");
    }
}

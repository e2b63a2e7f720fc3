using System.Collections.Concurrent;
using ResNet.Core.Tests.Weights;
using ResNet.Imaging;
using ResNet.Inference;
using TorchSharp;

namespace ResNet.Core.Tests.Inference;

public sealed class ImageClassifierStressTests : IDisposable
{
    private const int ThreadCount = 8;
    private const int WarmUpCalls = 2_000;
    private const int Calls = 10_000;

    /// <summary>Less than half of what one input a call would add; the runtime's own heap moves by some megabytes.</summary>
    private const long MostGrowth = 48 << 20;

    private readonly ClassifierPictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Ten_thousand_calls_from_many_threads_answer_alike_and_leave_nothing()
    {
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path);
        var calls = CallsOf(classifier);
        var expected = calls.Select(call => call()).ToArray();
        RunOnThreads(WarmUpCalls, calls, expected).Should().BeEmpty();
        long tensors = torch.Tensor.TotalCount;
        long memory = Environment.WorkingSet;

        RunOnThreads(Calls, calls, expected).Should().BeEmpty();

        torch.Tensor.TotalCount.Should().Be(tensors);
        (Environment.WorkingSet - memory).Should().BeLessThan(MostGrowth);
    }

    [Fact]
    public void Disposal_waits_for_running_calls()
    {
        for (int round = 0; round < 20; round++)
        {
            var classifier = ImageClassifier.FromFile(Version1FileTests.Path);
            var picture = ClassifierPictures.Draw(1);
            var expected = classifier.Classify(picture);
            var ends = new ConcurrentQueue<Exception>();
            using var started = new CountdownEvent(ThreadCount);
            RunAll(ThreadCount, _ =>
            {
                try
                {
                    classifier.Classify(picture);
                    started.Signal();
                    while (true)
                    {
                        classifier.Classify(picture).Should().Equal(expected, "a call that runs is not disturbed");
                    }
                }
                catch (Exception end)
                {
                    ends.Enqueue(end);
                }
            }, () =>
            {
                started.Wait();
                classifier.Dispose();
            });
            ends.Should().HaveCount(ThreadCount).And.AllBeOfType<ObjectDisposedException>();
        }
    }

    [Fact]
    public async Task Disposal_waits_for_running_tasks()
    {
        string path = _pictures.File(1);
        var model = ResNetModel.CifarResNet(8);
        var weight = model.state_dict()["fc.weight"];
        var classifier = new ImageClassifier(model, Preprocessing.Cifar10);
        var running = Enumerable.Range(0, 50).Select(_ => classifier.ClassifyAsync(path)).ToArray();
        await Task.WhenAny(running);
        classifier.Dispose();
        foreach (var task in running)
        {
            var end = await Record.ExceptionAsync(() => task);
            (end is null or ObjectDisposedException).Should().BeTrue($"a call finishes, or says that it came too late, but this one ended with {end}");
        }

        running.Should().Contain(task => task.IsCompletedSuccessfully);
        weight.IsInvalid.Should().BeTrue("the last call to finish disposes the model");
    }

    private static List<string> RunOnThreads(int count, Func<IReadOnlyList<Prediction>>[] calls, IReadOnlyList<Prediction>[] expected)
    {
        var faults = new ConcurrentQueue<string>();
        RunAll(ThreadCount, thread =>
        {
            var random = new Random(thread);
            try
            {
                long left = LiveTensors.LeftBy(() =>
                {
                    for (int i = 0; i < count / ThreadCount; i++)
                    {
                        int index = random.Next(calls.Length);
                        if (!calls[index]().SequenceEqual(expected[index]))
                        {
                            faults.Enqueue($"call {i} of thread {thread} differs on {index}");
                        }
                    }
                });
                if (left != 0)
                {
                    faults.Enqueue($"thread {thread} left {left} tensors");
                }
            }
            catch (Exception fault)
            {
                faults.Enqueue(fault.ToString());
            }
        });
        return [.. faults];
    }

    private static void RunAll(int count, Action<int> work, Action? meanwhile = null)
    {
        var threads = Enumerable.Range(0, count).Select(index => new Thread(() => work(index))).ToList();
        threads.ForEach(thread => thread.Start());
        meanwhile?.Invoke();
        threads.ForEach(thread => thread.Join());
    }

    private Func<IReadOnlyList<Prediction>>[] CallsOf(ImageClassifier classifier) =>
        [.. Enumerable.Range(0, 6).SelectMany(seed =>
        {
            string path = _pictures.File(seed);
            byte[] bytes = File.ReadAllBytes(path);
            var picture = ClassifierPictures.Draw(seed);
            return new Func<IReadOnlyList<Prediction>>[]
            {
                () => classifier.Classify(path),
                () => classifier.Classify(bytes),
                () => classifier.Classify(new MemoryStream(bytes)),
                () => classifier.Classify(picture),
                () => classifier.Classify(picture.Pixels, picture.Width, picture.Height, 3 * picture.Width, PixelFormat.Rgb24),
            };
        })];
}

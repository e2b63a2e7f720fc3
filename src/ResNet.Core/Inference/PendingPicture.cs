using ResNet.Imaging;

namespace ResNet.Inference;

/// <summary>A picture's place in the order, taken before the picture is decoded.</summary>
internal sealed class PendingPicture(string path)
{
    private readonly TaskCompletionSource<PreparedPicture> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<PreparedPicture> Done => _done.Task;

    /// <summary>Failures are kept as values: whoever stops early would leave a failed task unobserved.</summary>
    public void Prepare(Func<string, IReadOnlyList<RgbImage>> prepare)
    {
        try
        {
            _done.SetResult(new PreparedPicture(path, prepare(path), Error: null));
        }
        catch (Exception fault)
        {
            _done.SetResult(new PreparedPicture(path, Views: null, fault));
        }
    }
}

using System.Globalization;
using System.Text;
using ResNet.Weights;

namespace ResNet.Training;

/// <summary>The files of a run: options, metrics, and the last and the best weights. Each is whole at any moment.</summary>
internal sealed class RunDirectory
{
    private readonly string _path;
    private readonly ModelDescription _description;
    private readonly StringBuilder _metrics = new("epoch,iteration,learning_rate,train_loss,train_error,validation_error,images_per_second\n");

    public RunDirectory(string path, TrainingOptions options, ModelDescription description)
    {
        _path = path;
        _description = description;
        Directory.CreateDirectory(path);
        AtomicFile.WriteAllText(Path.Combine(path, "options.json"), RunOptions.ToJson(options, description));
    }

    public void AddMetrics(TrainingProgress progress)
    {
        string error = progress.ValidationTop1Error?.ToString("F6", CultureInfo.InvariantCulture) ?? string.Empty;
        _metrics.AppendLine(
            CultureInfo.InvariantCulture,
            $"{progress.Epoch},{progress.Iteration},{progress.LearningRate:G6},{progress.TrainLoss:F6},{progress.TrainError:F6},{error},{progress.ImagesPerSecond:F1}");
        AtomicFile.WriteAllText(Path.Combine(_path, "metrics.csv"), _metrics.ToString());
    }

    public void SaveLast(ResNetModel model) => Save(model, "last.safetensors");

    public void SaveBest(ResNetModel model) => Save(model, "best.safetensors");

    private void Save(ResNetModel model, string name) => model.SaveWeights(Path.Combine(_path, name), _description);
}

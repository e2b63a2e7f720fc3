using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace ResNet.Onnx.Tests;

/// <summary>A model in ONNX Runtime.</summary>
internal sealed class OnnxAnswer : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxAnswer(string path)
    {
        using var options = Options();
        _session = new InferenceSession(path, options);
    }

    public OnnxAnswer(byte[] model)
    {
        using var options = Options();
        _session = new InferenceSession(model, options);
    }

    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    public string Producer => _session.ModelMetadata.ProducerName;

    public KeyValuePair<string, NodeMetadata> Input => _session.InputMetadata.Single();

    public KeyValuePair<string, NodeMetadata> Output => _session.OutputMetadata.Single();

    public float[] Run(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        float[] pixels = images.to(torch.ScalarType.Float32).contiguous().data<float>().ToArray();
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, images.shape);
        using var run = new RunOptions();
        using var outputs = _session.Run(run, [Input.Key], [input], [Output.Key]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Holds the answer against the network's: within a ten-thousandth of the logits' root mean square, and no more.</summary>
    public void ShouldAnswerAs(ResNetModel model, Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        ShouldAnswer(images, model.call(images));
    }

    public void ShouldAnswer(Tensor images, Tensor expected)
    {
        float[] wanted = expected.to(torch.ScalarType.Float32).contiguous().data<float>().ToArray();
        float[] actual = Run(images);
        actual.Should().HaveCount(wanted.Length);
        double size = Math.Sqrt(wanted.Average(value => (double)value * value));
        actual.Zip(wanted, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan((float)((1e-4 * size) + 1e-6));
    }

    public void Dispose() => _session.Dispose();

    private static SessionOptions Options() => new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
}

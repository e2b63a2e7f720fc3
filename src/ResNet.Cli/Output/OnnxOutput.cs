using System.Text.Json.Nodes;
using ResNet.Onnx;

namespace ResNet.Cli;

/// <summary>Writes a network as an ONNX model, and says what was written.</summary>
internal static class OnnxOutput
{
    public static void Write(Terminal terminal, ExportedNetwork network, string to, OnnxExportOptions options, bool json, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        network.Announce(terminal, to);
        options = options with { Preprocessing = network.Preprocessing, Labels = network.Labels };
        using var model = network.Load();
        OnnxExportReport? report = null;
        ShareDisplay.Show(terminal.Error, "writing", progress => report = model.ExportOnnx(to, options, progress, stop));
        Tell(terminal, report!, to, json);
    }

    private static void Tell(Terminal terminal, OnnxExportReport report, string to, bool json)
    {
        if (json)
        {
            terminal.WriteJson(new JsonObject
            {
                ["nodes"] = report.NodeCount,
                ["bytes"] = report.ByteCount,
                ["format"] = "ONNX",
                ["opset"] = report.OpsetVersion,
                ["input"] = report.InputName,
                ["result"] = report.OutputName,
                ["output"] = to,
                ["files"] = new JsonArray([.. report.Files.Select(file => JsonValue.Create(file))]),
            });
            return;
        }

        terminal.Out.Say($"{to}: {report.NodeCount:N0} nodes, {report.ByteCount:N0} bytes, ONNX (opset {report.OpsetVersion}), '{report.InputName}' to '{report.OutputName}'");
        foreach (string file in report.Files.Skip(1))
        {
            terminal.Out.Say($"{file}: the weights; keep it beside the model, under this name");
        }
    }
}

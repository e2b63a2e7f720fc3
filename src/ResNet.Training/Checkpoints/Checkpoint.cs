using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>Everything that a run needs to go on, as it was after an iteration.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Tensors">Every value that training changes; the caller keeps and disposes them.</param>
/// <param name="State">Everything else.</param>
internal sealed record Checkpoint(int Iteration, IReadOnlyList<KeyValuePair<string, Tensor>> Tensors, JsonObject State);

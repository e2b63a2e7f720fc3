// A network of one's own: a block made by hand, options changed with `with`, its summary, and what comes out of every stage.
// Run: dotnet run -c Release --project samples/CustomNetwork
using ResNet;
using ResNet.Analysis;
using ResNet.Blocks;
using ResNet.Shortcuts;
using TorchSharp;

// The seed comes before the first weights are drawn.
_ = torch.random.manual_seed(0);
using var scope = torch.NewDisposeScope();
using var noGrad = torch.no_grad();

// One block by hand: 64 channels in, 128 out, half the size; option B's projection carries the input across.
var shortcut = ShortcutFactory.Create(ShortcutOption.B, inChannels: 64, outChannels: 128, stride: 2);
using var block = new BasicBlock(inChannels: 64, width: 128, stride: 2, shortcut);
var mapped = block.call(torch.randn(1, 64, 56, 56));
Console.WriteLine($"a BasicBlock of {ParameterCount(block):N0} parameters makes {Shape(mapped)} of 1x64x56x56");

// Three stages instead of ResNet-34's four, a third of its width, parameter-free shortcuts, grey pictures.
var options = ResNetOptions.ResNet34 with
{
    BlocksPerStage = [2, 3, 2],
    BaseWidth = 24,
    InputChannels = 1,
    Shortcut = ShortcutOption.A,
    ClassCount = 5,
};
using var model = new ResNetModel(options);
model.eval();

var summary = ModelSummary.Of(model, 96);
Console.WriteLine($"\n{summary.Depth} layers deep, {summary.Parameters:N0} parameters, {summary.MultiplyAdds / 1e6:F1} million multiply-adds");
foreach (var layer in summary.Layers)
{
    Console.WriteLine($"  {layer.Name,-28}{layer.Parameters,10:N0}{layer.MultiplyAdds,14:N0}");
}

var images = torch.randn(2, 1, 96, 96);
Console.WriteLine($"\ninput  {Shape(images)}");
foreach (var (index, map) in model.ForwardStages(images).Index())
{
    Console.WriteLine($"stage {index + 1}: {Shape(map)}");
}

Console.WriteLine($"logits {Shape(model.call(images))}");

static long ParameterCount(torch.nn.Module module) => module.parameters().Sum(parameter => parameter.numel());
static string Shape(Tensor tensor) => string.Join('x', tensor.shape);

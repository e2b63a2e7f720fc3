using ResNet;
using ResNet.Runtime;
using TorchSharp;

try
{
    switch (args[0])
    {
        case "classify":
            Classify();
            break;
        case "build":
            ResNetModel.ResNet50().Dispose();
            break;
        case "load":
            TorchRuntime.EnsureLoaded();
            break;
        case "describe":
            TorchRuntimeInfo info = TorchRuntime.Describe();
            Console.Error.WriteLine(string.Join('\n', info.ToRows().Select(row => row.Name + ": " + row.Value).Concat(info.Problems)));
            break;
        default:
            DeviceSelector.Parse(args[0]);
            break;
    }

    return 0;
}
catch (TorchRuntimeException fault)
{
    Console.Error.WriteLine($"{fault.GetType().Name}: {fault.Message}");
    return 3;
}

static void Classify()
{
    using var model = ResNetModel.ResNet50();
    using var logits = model.call(torch.zeros(1, 3, 224, 224));
    Console.WriteLine(string.Join('x', logits.shape));
}

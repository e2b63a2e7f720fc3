using var x = TorchSharp.torch.ones(3);
Console.WriteLine(x.numel());

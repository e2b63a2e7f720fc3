using ResNet.Compilation;
using TorchSharp;
namespace ResNet.Core.Tests.Compilation;
public sealed class ErrorProbe(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Errors()
    {
        var all = CompiledNetworks.Kinds.ToDictionary(k => k.Key, k => k.Value);
        all["RN50"] = ResNetOptions.ResNet50; all["RN152"] = ResNetOptions.ResNet152; all["c110"] = ResNetOptions.Cifar(110); all["R34"] = ResNetOptions.ResNet34; all["c1202"] = ResNetOptions.Cifar(1202);
        foreach (var (name, o) in all)
        {
            using var scope = torch.NewDisposeScope();
            using var model = CompiledNetworks.Build(o);
            string line = name;
            foreach (var p in Enum.GetValues<CompilePrecision>())
            {
                int s = o.Stem == StemKind.ImageNet ? 224 : 32;
                var x = CompiledNetworks.Pictures(o, 2, s, s);
                using var compiled = model.Compile(new() { SelfCheck = false, Precision = p, CalibrationPictures = x });
                using var inf = torch.inference_mode();
                var e = model.call(x); var a = compiled.Forward(x);
                compiled.Forward(x);
                long t0 = System.Diagnostics.Stopwatch.GetTimestamp(); compiled.Forward(x); double ms = System.Diagnostics.Stopwatch.GetElapsedTime(t0).TotalMilliseconds;
                using var dm = CompiledNetworks.Build(o);
                double ed = 0;
                if (p == CompilePrecision.Float32 && o.Depth < 120) { dm.to(torch.ScalarType.Float64); var d = dm.call(x.to(torch.ScalarType.Float64)); ed = SelfCheck.Difference(d, a); line += $" [eager vs double {SelfCheck.Difference(d, e):E1}]"; }
                line += $" | {p} {SelfCheck.Difference(e, a):E1} dbl {ed:E1} {ms:F2}ms";
            }
            output.WriteLine(line);
        }
    }
}

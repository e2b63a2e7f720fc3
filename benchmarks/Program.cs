using System.CommandLine;
using ResNet.Benchmarks;

var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
var parsed = Commands.Create().Parse(args);
if (parsed.Errors.Count > 0)
{
    await parsed.InvokeAsync(invocation);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    return await parsed.InvokeAsync(invocation, stop.Token);
}
catch (OperationCanceledException)
{
    return 130;
}

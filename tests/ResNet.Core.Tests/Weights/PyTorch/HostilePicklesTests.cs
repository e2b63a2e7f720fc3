using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

public class HostilePicklesTests
{
    public static TheoryData<string> Names => HostileCase.NamesOf(HostilePickles.All);

    public static TheoryData<byte> Opcodes => new(PickleOp.All.ToArray());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_or_greedy_pickle_is_refused_with_its_reason(string name) => HostileCase.Find(HostilePickles.All, name).EnsureRefused();

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void An_opcode_alone_is_refused(byte opcode)
    {
        byte[] pickle = PickleBytes.Protocol(4).Op(opcode, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'\n', (byte)'\n').Stop();
        new HostileCase("opcode alone", () => CheckpointBytes.Zip(pickle).ToArray(), ", byte [0-9]+: |there are no weights in it").EnsureRefused();
    }

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void An_opcode_at_the_very_end_is_refused(byte opcode)
    {
        byte[] pickle = PickleBytes.Protocol(4).OrderedDict().Op(PickleOp.Mark).Text("a").Number(1).Op(opcode).ToArray();
        new HostileCase("opcode at the end", () => CheckpointBytes.Zip(pickle).ToArray(), ", byte [0-9]+: |there are no weights in it").EnsureRefused();
    }
}

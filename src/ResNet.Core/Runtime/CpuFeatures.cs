using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace ResNet.Runtime;

/// <summary>What the processor is called, and which instructions it has that libtorch's kernels choose by.</summary>
internal static class CpuFeatures
{
    public static string Name()
    {
        string? name = X86Base.IsSupported ? Brand() : null;
        return string.IsNullOrEmpty(name) ? $"{RuntimeInformation.ProcessArchitecture} processor" : name;
    }

    /// <summary>Whether vectors of eight floats are multiplied and added in one instruction.</summary>
    public static bool HasAvx2 => Avx2.IsSupported && Fma.IsSupported;

    /// <summary>Whether products of bfloat16 numbers are summed up in float by one instruction.</summary>
    public static bool HasBFloat16 => Avx512F.IsSupported && HasBit(1, Register.Eax, 5);

    /// <summary>Whether products of bytes are summed up in integers by one instruction.</summary>
    public static bool HasVnni => Avx512F.IsSupported && HasBit(0, Register.Ecx, 11);

    public static IReadOnlyList<string> Find()
    {
        // .NET's own answers include whether the system saves the registers; CPUID alone does not.
        bool avx512 = Avx512F.IsSupported;
        (string Name, bool IsThere)[] features =
        [
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),
            ("AVX-512", avx512),
            ("AVX-512 VNNI", HasVnni),
            ("AVX-512 BF16", HasBFloat16),
            ("AMX BF16", avx512 && HasBit(0, Register.Edx, 22) && HasBit(0, Register.Edx, 24)),
            ("AdvSIMD", AdvSimd.IsSupported),
            ("Dot Product", Dp.IsSupported),
        ];
        return features.Where(feature => feature.IsThere).Select(feature => feature.Name).ToList();
    }

    /// <summary>A bit of CPUID leaf 7, where the processor counts that many subleaves.</summary>
    private static bool HasBit(int subleaf, Register register, int bit)
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7 || X86Base.CpuId(7, 0).Eax < subleaf)
        {
            return false;
        }

        (int eax, _, int ecx, int edx) = X86Base.CpuId(7, subleaf);
        int value = register switch
        {
            Register.Eax => eax,
            Register.Ecx => ecx,
            _ => edx,
        };
        return (value >> bit & 1) != 0;
    }

    private static string? Brand()
    {
        const int first = unchecked((int)0x80000002);
        if (unchecked((uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax) < unchecked((uint)first + 2))
        {
            return null;
        }

        var text = new List<byte>();
        for (int leaf = 0; leaf < 3; leaf++)
        {
            (int eax, int ebx, int ecx, int edx) = X86Base.CpuId(first + leaf, 0);
            foreach (int part in (int[])[eax, ebx, ecx, edx])
            {
                text.AddRange(BitConverter.GetBytes(part));
            }
        }

        return Encoding.ASCII.GetString(text.ToArray()).TrimEnd('\0').Trim();
    }

    private enum Register
    {
        Eax,
        Ecx,
        Edx,
    }
}

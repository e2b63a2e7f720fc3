using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TorchSharp;

namespace ResNet.Runtime;

/// <summary>
/// Functions of libtorch that TorchSharp does not show. Their names are those of one release and one compiler, so each
/// is looked up, and its absence is an answer, never a failure.
/// </summary>
internal static unsafe class LibTorchExports
{
    private static readonly ConcurrentDictionary<string, nint> Addresses = new();
    private const string SetAutocastEnabled = "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb";
    private const string GetAutocastEnabled = "_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE";
    private const string SetAutocastType = "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE";
    private const string GetAutocastType = "_ZN2at8autocast18get_autocast_dtypeEN3c1010DeviceTypeE";
    private const string ClearCache = "_ZN2at8autocast11clear_cacheEv";

    private static readonly string[] Autocast = [SetAutocastEnabled, GetAutocastEnabled, SetAutocastType, GetAutocastType, ClearCache];

    /// <summary>Products of small matrices: A, then B packed as the numbers want it, sums in float or int.</summary>
    public const string Float32Product = "_ZN2at6native7cpublas6brgemmEllllllbPKfS3_Pfb";
    public const string BFloat16Product = "_ZN2at6native7cpublas6brgemmEllllllbPKN3c108BFloat16ES5_Pfb";
    public const string ByteProduct = "_ZN2at6native7cpublas6brgemmEllllllbPKhPKaPib";

    private static readonly string[] InferenceKernels = [Float32Product, BFloat16Product, ByteProduct];

    public static bool HasAutocast => Autocast.All(name => TryFind(name, out _));

    public static bool HasInferenceKernels => InferenceKernels.All(name => TryFind(name, out _));

    /// <summary>On processors that NNPACK does not know, it warns on standard error at every convolution.</summary>
    public static void SilenceNnpack()
    {
        SetInContext("_ZN2at7Context20setUserEnabledNNPACKEb", value: false);
    }

    public static bool AllowsTensorFloat32 => IsSetInContext("_ZNK2at7Context15allowTF32CuBLASEv");

    /// <summary>How libtorch numbers TensorFloat32 among the precisions that it may use for float32.</summary>
    public const int TensorFloat32 = 2;

    /// <summary>Which precision convolutions of float32 run in on a device, as libtorch numbers them; null where it cannot be told.</summary>
    public static int? ConvolutionPrecision(DeviceType device) => Precision(device, operation: 1);

    /// <summary>The same of matrix products.</summary>
    public static int? ProductPrecision(DeviceType device) => Precision(device, operation: 3);

    /// <summary>CUDA is the back end numbered 1, oneDNN on the CPU 2.</summary>
    private static int? Precision(DeviceType device, int operation) =>
        TryContext(out nint context) && TryFind("_ZNK2at7Context16float32PrecisionENS_14Float32BackendENS_9Float32OpE", out nint get)
            ? ((delegate* unmanaged<nint, int, int, int>)get)(context, device == DeviceType.CUDA ? 1 : 2, operation) : null;

    public static bool SearchesFastestConvolutions => IsSetInContext("_ZNK2at7Context14benchmarkCuDNNEv");

    public static void AllowTensorFloat32(bool allowed)
    {
        SetInContext("_ZN2at7Context18setAllowTF32CuBLASEb", allowed);
        SetInContext("_ZN2at7Context17setAllowTF32CuDNNEb", allowed);
    }

    public static void SearchFastestConvolutions(bool search) => SetInContext("_ZN2at7Context17setBenchmarkCuDNNEb", search);

    public static bool IsAutocastEnabled(DeviceType device) =>
        ((delegate* unmanaged<sbyte, byte>)Find(GetAutocastEnabled))((sbyte)device) != 0;

    public static torch.ScalarType AutocastType(DeviceType device) =>
        (torch.ScalarType)((delegate* unmanaged<sbyte, sbyte>)Find(GetAutocastType))((sbyte)device);

    public static void SetAutocast(DeviceType device, bool enabled, torch.ScalarType type)
    {
        ((delegate* unmanaged<sbyte, sbyte, void>)Find(SetAutocastType))((sbyte)device, (sbyte)type);
        ((delegate* unmanaged<sbyte, byte, void>)Find(SetAutocastEnabled))((sbyte)device, enabled ? (byte)1 : (byte)0);
    }

    public static void ClearAutocastCache() => ((delegate* unmanaged<void>)Find(ClearCache))();

    public static bool TryFind(string name, out nint address)
    {
        // Asked for in every step of training at mixed precision.
        address = Addresses.GetOrAdd(name, static name =>
            NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out nint library) && NativeLibrary.TryGetExport(library, name, out nint found) ? found : 0);
        return address != 0;
    }

    /// <summary>Settings of the process, which libtorch keeps in one object.</summary>
    private static bool TryContext(out nint address)
    {
        address = TryFind("_ZN2at13globalContextEv", out nint context) ? ((delegate* unmanaged<nint>)context)() : 0;
        return address != 0;
    }

    private static void SetInContext(string setter, bool value)
    {
        if (TryContext(out nint context) && TryFind(setter, out nint set))
        {
            ((delegate* unmanaged<nint, byte, void>)set)(context, value ? (byte)1 : (byte)0);
        }
    }

    private static bool IsSetInContext(string getter) =>
        TryContext(out nint context) && TryFind(getter, out nint get) && ((delegate* unmanaged<nint, byte>)get)(context) != 0;

    /// <summary>For callers that have seen that the function is there.</summary>
    private static nint Find(string name) => TryFind(name, out nint address) ? address : throw new EntryPointNotFoundException(name);
}

using System.Runtime.InteropServices;
using System.Text;

namespace ResNet.Runtime;

/// <summary>Names of GPUs, which TorchSharp does not tell, from NVIDIA's driver. It counts them as torch does.</summary>
internal static unsafe class CudaDriver
{
    private const int Success = 0;
    private const int LongestName = 256;

    public static string Name(int index)
    {
        string driver = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(driver, out nint library)
            || !NativeLibrary.TryGetExport(library, "cuInit", out nint init)
            || !NativeLibrary.TryGetExport(library, "cuDeviceGet", out nint get)
            || !NativeLibrary.TryGetExport(library, "cuDeviceGetName", out nint getName))
        {
            return "CUDA device";
        }

        int device;
        byte* name = stackalloc byte[LongestName];
        bool found = ((delegate* unmanaged<uint, int>)init)(0) == Success
            && ((delegate* unmanaged<int*, int, int>)get)(&device, index) == Success
            && ((delegate* unmanaged<byte*, int, int, int>)getName)(name, LongestName, device) == Success;
        return found ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)) : "CUDA device";
    }
}

using TorchSharp;

namespace ResNet.Runtime;

/// <summary>
/// The native half of torch in this process: loading it with errors that say what to do, the settings that must be made
/// before it is loaded, and what it consists of.
/// </summary>
public static partial class TorchRuntime
{
    private const int MostThreads = 1024;
    private static readonly Lock Gate = new();
    private static volatile bool _loaded;
    private static bool _tuned;

    internal static bool HasCuda => NativeFiles.LibTorchCuda is not null || CudaDeviceCount > 0;

    internal static int CudaDeviceCount => torch.cuda.is_available() ? torch.cuda.device_count() : 0;

    /// <summary>
    /// Loads the native back end, once; safe to call from many threads, and cheap after the first call. Whatever makes
    /// tensors in this library calls it first. Also turns off NNPACK, which nothing here uses and which would warn on
    /// standard error on many machines.
    /// </summary>
    /// <remarks>Tested on Linux x64. On Windows and macOS it is written to the same rules and untested.</remarks>
    /// <exception cref="TorchBackendMissingException">The program references no native back end.</exception>
    /// <exception cref="TorchBackendIncompatibleException">This system cannot load the back end that is there.</exception>
    public static void EnsureLoaded()
    {
        if (_loaded)
        {
            return;
        }

        lock (Gate)
        {
            if (!_loaded)
            {
                Load();
                _loaded = true;
            }
        }
    }

    /// <summary>
    /// Sets this process up for fast inference and training on the CPU. Call it first in <c>Main</c>, before anything of
    /// torch is touched; later calls do nothing. Meant for programs: a library should not decide over its process.
    /// </summary>
    /// <remarks>
    /// <para>Threads that wait for work sleep instead of spinning (<c>OMP_WAIT_POLICY=PASSIVE</c>, unless the variable is
    /// set): processes that share cores no longer slow each other down many times over. Cost: some microseconds at each
    /// parallel section while the process has the cores for itself. Not on Windows, where libtorch reads no such variable.</para>
    /// <para>Freed memory stays with the process for the next tensors instead of going back to the system (glibc only):
    /// touching fresh pages can cost more than the arithmetic. Cost: the resident size stays at its peak, and grows in
    /// steps of 256 MiB. Best where the tensors are made on the main thread: glibc still maps and unmaps blocks of more
    /// than 64 MiB that other threads ask for.</para>
    /// </remarks>
    public static void TuneProcess()
    {
        lock (Gate)
        {
            if (!_tuned)
            {
                ProcessTuning.SetNativeVariableIfUnset("OMP_WAIT_POLICY", "PASSIVE");
                _ = ProcessTuning.KeepFreedMemory();
                _tuned = true;
            }
        }
    }

    /// <summary>How many threads one operation may use on the CPU.</summary>
    /// <value>1 to 1024. Default: <c>OMP_NUM_THREADS</c>; where that is not set, one for each physical core, but not more than the processors that the
    /// process may use (<see cref="Environment.ProcessorCount"/>, which heeds a container's quota and <c>DOTNET_PROCESSOR_COUNT</c>). Results are reproducible to the
    /// bit only between runs with the same number.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 1 to 1024.</exception>
    /// <exception cref="TorchRuntimeException">Torch cannot be loaded.</exception>
    public static int ThreadCount
    {
        get
        {
            EnsureLoaded();
            return torch.get_num_threads();
        }

        set
        {
            if (value is < 1 or > MostThreads)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The thread count must be 1 to {MostThreads}; this machine has {Environment.ProcessorCount} logical cores.");
            }

            EnsureLoaded();
            torch.set_num_threads(value);
        }
    }

    /// <summary>
    /// Looks at the system, the back end and the devices. Never throws because torch is unusable: that is then the first
    /// of <see cref="TorchRuntimeInfo.Problems"/>. Takes some milliseconds besides loading torch.
    /// </summary>
    public static TorchRuntimeInfo Describe()
    {
        return RuntimeInspector.Inspect();
    }

    /// <summary>For the constructors of modules: their base class touches torch first, so torch must be loaded on the way to it.</summary>
    /// <returns><paramref name="name"/>.</returns>
    internal static string LoadedFor(string name)
    {
        EnsureLoaded();
        return name;
    }

    private static void Load()
    {
        ThreadPlacement.NoteProcessors();
        if (BackEndProbe.TryLoad() is { } failure)
        {
            throw failure;
        }

        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception fault) when (fault is TypeInitializationException or NotSupportedException or DllNotFoundException or EntryPointNotFoundException)
        {
            Exception cause = fault is TypeInitializationException { InnerException: { } inner } ? inner : fault;
            throw BackEndProbe.Incompatible(cause.Message, SystemLibraries.Libstdcxx(), SystemLibraries.Glibc(), fault);
        }

        LibTorchExports.SilenceNnpack();
        int threads = torch.get_num_threads();
        if (ProcessorLimit.Threads(threads) is var fitting && fitting < threads)
        {
            torch.set_num_threads(fitting);
        }
    }
}

namespace ResNet;

/// <summary>What the system says when a file cannot be opened because another one has it open for itself alone.</summary>
internal static class SharingViolation
{
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int OnWindows = 32;
    private const int LockOnWindows = 33;

    public static bool Is(IOException exception)
    {
        int code = exception.HResult & 0xFFFF;
        return OperatingSystem.IsWindows()
            ? code is OnWindows or LockOnWindows
            : code == (OperatingSystem.IsMacOS() ? WouldBlockMac : WouldBlockLinux);
    }
}

namespace ResNet.Runtime;

/// <summary>
/// Whether TorchSharp's Linux library still asks for GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04 do not have. The
/// build of a program that references ResNet.Core makes that request optional.
/// </summary>
public enum LibstdcxxCure
{
    /// <summary>The system or the library does not call for it: not Linux, or the library asks for no such version.</summary>
    NotNeeded,

    /// <summary>The request is optional in the file that this program has.</summary>
    Applied,

    /// <summary>The file asks as TorchSharp ships it, and the libstdc++ of this system is new enough.</summary>
    NotAppliedNorNeeded,

    /// <summary>The file asks as TorchSharp ships it, and the libstdc++ of this system is too old.</summary>
    NotAppliedButNeeded,

    /// <summary>The file was not found or could not be read.</summary>
    Unknown,
}

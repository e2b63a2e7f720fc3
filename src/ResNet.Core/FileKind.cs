namespace ResNet;

/// <summary>What a path leads to, links followed.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or nothing that may be looked at.</summary>
    None,

    /// <summary>A file with a length, which can be read from anywhere.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe, with a name (FIFO) or without; opening one waits for a writer.</summary>
    Pipe,

    /// <summary>A terminal, <c>/dev/zero</c>, a disk and the like: their bytes may never end.</summary>
    Device,

    /// <summary>A socket.</summary>
    Socket,
}

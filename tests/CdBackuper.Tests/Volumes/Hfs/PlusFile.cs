namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>What a file or folder of a made-up HFS+ volume has beside its name.</summary>
internal sealed record PlusFile
{
    public byte[] Content { get; init; } = [];

    public byte[] Resource { get; init; } = [];

    /// <summary>Type and creator, eight letters.</summary>
    public string Finder { get; init; } = "";

    public ushort FinderFlags { get; init; }

    public ushort Mode { get; init; }

    public byte OwnerFlags { get; init; }

    public uint Special { get; init; }

    /// <summary>Blocks of the content that lie together; 0 for all.</summary>
    public int BlocksPerRun { get; init; }

    /// <summary>A name without a thread record, or a thread record without a name.</summary>
    public bool HasThread { get; init; } = true;

    public bool HasRecord { get; init; } = true;

    /// <summary>The value of <c>com.apple.decmpfs</c>; empty for none.</summary>
    public byte[] Compression { get; init; } = [];
}

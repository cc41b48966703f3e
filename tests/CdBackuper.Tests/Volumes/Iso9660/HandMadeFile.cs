namespace CdBackuper.Tests.Volumes.Iso9660;

/// <summary>
/// A file or, where it has children, a folder for <see cref="HandMadeDisc"/>; without a name, what the folder's own record has.
/// </summary>
internal sealed record HandMadeFile(string Name, string Content = "")
{
    public IReadOnlyList<HandMadeFile>? Children { get; init; }

    public bool IsAssociated { get; init; }

    /// <summary>The next record is of the same file.</summary>
    public bool IsContinued { get; init; }

    /// <summary>The extended attribute record says who may read the file.</summary>
    public bool IsProtected { get; init; }

    /// <summary>Blocks of an extended attribute record before the content.</summary>
    public int AttributeBlocks { get; init; }

    /// <summary>The extended attribute record's own bytes.</summary>
    public byte[] Attributes { get; init; } = [];

    /// <summary>Blocks of content, then blocks between; 0 and 0 for a file in one piece.</summary>
    public (int Unit, int Gap) Interleave { get; init; }

    /// <summary>The length that its record states, in bytes, where that is not the content's.</summary>
    public int? StatedLength { get; init; }

    public byte[] SystemUse { get; init; } = [];
}

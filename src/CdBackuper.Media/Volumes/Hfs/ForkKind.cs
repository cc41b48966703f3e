namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>The two forks of a file, with the numbers that stand in the keys of the extents overflow file.</summary>
internal enum ForkKind
{
    /// <summary>What other systems call the file.</summary>
    Content = 0,

    /// <summary>The Macintosh's own part.</summary>
    Resource = 0xFF,
}

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// What a Macintosh disc may make the reader do. Real discs stay far below each (architecture rule 13).
/// </summary>
internal static class HfsLimits
{
    /// <summary>Entries of an Apple partition map; real ones have 2 to 16.</summary>
    public const int Partitions = 256;

    /// <summary>Places, counted in tracks of the disc, where a partition map or volume is looked for.</summary>
    public const int Bases = 100;

    /// <summary>Bytes of one B-tree file; 2,000,000 names of HFS+ take about 800 MB.</summary>
    public const long TreeBytes = 1L << 30;

    /// <summary>Files and folders of one volume.</summary>
    public const int Entries = 2_000_000;

    /// <summary>Runs of one fork.</summary>
    public const int ExtentsPerFork = 100_000;

    /// <summary>Records of the extents overflow file.</summary>
    public const int OverflowRecords = 1_000_000;

    /// <summary>
    /// Unreadable nodes in a row, after which a B-tree file is no longer searched: on a drive each costs seconds.
    /// </summary>
    public const int UnreadableNodes = 2048;

    /// <summary>Bytes of a symbolic link's target. Mac OS X allows 1,024.</summary>
    public const int LinkBytes = 16 << 10;

    /// <summary>
    /// Sectors at the volume's end that are searched for a spare header when nothing else tells where it lies.
    /// </summary>
    public const int TailSectors = 256;

    /// <summary>Bytes before a spare header in which a catalog is searched that is not where the header says.</summary>
    public const long CatalogSearchBytes = 8 << 20;

    /// <summary>Bytes of the disc's start in which a volume is searched whose partition map is lost.</summary>
    public const long StartSearchBytes = 1 << 20;

    /// <summary>Bytes that a volume may claim: HFS+ of Mac OS X ends at 8 EiB, an optical disc at 0.1 TB.</summary>
    public const long VolumeBytes = 1L << 48;

    /// <summary>Bytes of the targets of all symbolic links of a volume together.</summary>
    public const int AllLinkBytes = 64 << 20;

    /// <summary>Blocks of all compressed files of a volume together: 64 KiB each, which makes 64 GiB.</summary>
    public const int CompressedBlocks = 1 << 20;
}

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>What a disc may make the reader do. Real discs stay far below each (architecture rule 13).</summary>
internal static class UdfLimits
{
    /// <summary>
    /// Sectors of one volume descriptor sequence; the standard's least, and usual, length is 16 (ECMA-167 3/8.4.2).
    /// </summary>
    public const int SequenceSectors = 256;

    /// <summary>
    /// Parts that a sequence of descriptors may have, each named by the one before (3/10.3, 3/10.10.3).
    /// </summary>
    public const int SequenceParts = 64;

    /// <summary>Readings of anchors that are tried; a disc has three anchors, and each is read in at most eight ways.</summary>
    public const int Anchors = 256;

    /// <summary>Sectors at either end of a disc that are looked through when its anchors are lost.</summary>
    public const int SearchedSectors = 1024;

    /// <summary>
    /// Sectors that can't be read in one search, after which it looks only where some can be: each costs seconds.
    /// </summary>
    public const int UnreadableSearchedSectors = 64;

    /// <summary>Partition maps of a logical volume. UDF uses three at most; a sector has room for 268.</summary>
    public const int PartitionMaps = 64;

    /// <summary>Copies of the sparing table that a partition map has room for (UDF 1.50 §2.2.9).</summary>
    public const int SparingTables = 4;

    /// <summary>Blocks of a virtual allocation table; a DVD has 2,300,000 blocks, a file needs one.</summary>
    public const int VirtualBlocks = 4 << 20;

    /// <summary>Earlier tables that are asked for what the last one has lost.</summary>
    public const int VatGenerations = 64;

    /// <summary>Runs of the metadata file. It grows by whole allocation units (UDF 2.50 §2.2.10).</summary>
    public const int MetadataRuns = 100_000;

    /// <summary>Blocks of an ICB's chain of entries (ECMA-167 4/14.6.2, strategy 4096); as in Linux.</summary>
    public const int IcbHops = 2048;

    /// <summary>
    /// Blocks searched for the root directory, from a partition's first on, when the file set descriptor is lost.
    /// </summary>
    public const int RootSearchBlocks = 1024;

    /// <summary>Bytes of a bitmap of free blocks; the 12,000,000 blocks of a disc of 25 GB take 1.5 MB.</summary>
    public const int BitmapBytes = 16 << 20;

    /// <summary>File set descriptors of one sequence (4/8.3.1).</summary>
    public const int FileSets = 64;

    /// <summary>Names in the volume.</summary>
    public const int Entries = 2_000_000;

    /// <summary>Levels of directories. The walk is no recursion: depth costs nothing.</summary>
    public const int Depth = 65_535;

    /// <summary>Bytes of one directory; 2,000,000 names of 200 letters take about 500 MB.</summary>
    public const long DirectoryBytes = 512L << 20;

    /// <summary>Blocks of one directory that are taken from their copies since their names make no sense.</summary>
    public const int DirectoryRepairs = 1000;

    /// <summary>Runs of one file; a CD has 350,000 blocks.</summary>
    public const int ExtentsPerFile = 400_000;

    /// <summary>Allocation descriptors of all files together.</summary>
    public const int ExtentsInAll = 6_000_000;

    /// <summary>Bytes of one symbolic link's path. POSIX allows 4,096 for the path that it tells.</summary>
    public const int LinkBytes = 32 << 10;

    /// <summary>Bytes of the paths of all symbolic links of a volume together.</summary>
    public const long AllLinkBytes = 64 << 20;

    /// <summary>Bytes at a file's end of which no extent tells, and which then are zeros as in Linux.</summary>
    public const long ImpliedZeroBytes = 1L << 40;
}

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>What a disc may make the reader do. Real discs stay far below each (architecture rule 13).</summary>
internal static class IsoLimits
{
    /// <summary>Sectors searched for volume descriptors, from sector 16 on; Linux searches 84.</summary>
    public const int DescriptorSectors = 100;

    /// <summary>Readable sectors in a row that are no descriptor, after which the search ends.</summary>
    public const int ForeignDescriptors = 4;

    /// <summary>
    /// Sectors in a row that can't be read, after which the descriptors, or the search for a root, are given up.
    /// </summary>
    public const int UnreadableDescriptors = 16;

    /// <summary>Sessions of one disc; a CD has at most 99 tracks.</summary>
    public const int Sessions = 100;

    /// <summary>Sessions whose first descriptor can't be read and which are looked at all the same.</summary>
    public const int LostSessions = 4;

    /// <summary>Sectors searched for the next session at each place where it may begin: padding and run-out come before it.</summary>
    public const int SessionWindowSectors = 512;

    /// <summary>
    /// Sectors searched for it behind a volume when it is at none of those places: 128 MiB. Borders of DVD-R take up to 96 MiB, images have any gap.
    /// </summary>
    public const int LongWindowSectors = 65_536;

    /// <summary>Sectors without a name that are looked at for content: 32 MiB.</summary>
    public const int UnnamedSectors = 16_384;

    /// <summary>Sectors that can't be read in one place, after which it is given up: on a drive each costs seconds.</summary>
    public const int UnreadableSessionSectors = 8;

    /// <summary>Images that a boot catalogue names; a real one has up to five.</summary>
    public const int BootImages = 256;

    public const int BootCatalogueSectors = 16;

    /// <summary>Names in one tree.</summary>
    public const int Entries = 2_000_000;

    /// <summary>
    /// Levels of directories. ECMA-119 §6.8.2.1 allows 8, Rock Ridge and Joliet more; a path table can number 65,535
    /// directories, so nothing sound is deeper. The walk is no recursion: depth costs nothing.
    /// </summary>
    public const int Depth = 65_535;

    /// <summary>Bytes of one directory; 2,000,000 records with Rock Ridge names take about 400 MB.</summary>
    public const long DirectoryBytes = 512L << 20;

    /// <summary>Sectors in a row without any record, after which a directory's end is taken as reached.</summary>
    public const int EmptyDirectorySectors = 64;

    /// <summary>
    /// Sectors in a row that can't be read, after which a directory is given up: on a drive each costs seconds.
    /// </summary>
    public const int UnreadableDirectorySectors = 2048;

    /// <summary>Bytes of one path table: 65,535 records of at most 264 bytes.</summary>
    public const int PathTableBytes = 16 << 20;

    /// <summary>Runs of one interleaved file, or sections of one file.</summary>
    public const int ExtentsPerFile = 100_000;

    /// <summary>Blocks of all compressed files together: 64 GiB decoded, in memory about 50 MB.</summary>
    public const long ZisofsBlocks = 2L << 20;

    /// <summary>Continuation areas of one directory record; as in Linux.</summary>
    public const int ContinuationHops = 32;

    /// <summary>Bytes of one continuation area. A sound one lies within a block (Linux demands it).</summary>
    public const int ContinuationBytes = 32 << 10;

    /// <summary>Bytes of one name put together from NM entries. POSIX allows 255.</summary>
    public const int NameBytes = 4096;

    /// <summary>Bytes of one symbolic link's target. POSIX allows 4,096.</summary>
    public const int LinkBytes = 16 << 10;
}

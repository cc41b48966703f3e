namespace CdBackuper.Notices.Pictures;

/// <summary>What is known of a part of a disc, the worse the higher.</summary>
internal enum CellState
{
    /// <summary>It holds no data, or none was asked of it.</summary>
    Blank,

    /// <summary>All of it that holds data was read.</summary>
    Read,

    /// <summary>Something of it was not read, which no file misses.</summary>
    Unread,

    /// <summary>Something of it was not read, and a file misses it.</summary>
    Lost,
}

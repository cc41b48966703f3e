namespace CdBackuper.Archive.Format;

/// <summary>What is known of a disc over all attempts.</summary>
public enum DiscCondition
{
    /// <summary>Nothing of it could be read yet.</summary>
    Unreadable,

    /// <summary>Something that its files or its file system need was not read yet.</summary>
    Damaged,

    /// <summary>It was read, but holds no file system that this program knows: the image is the product.</summary>
    UnknownFileSystem,

    /// <summary>Every sector that its files and its file system need was read.</summary>
    Whole,
}

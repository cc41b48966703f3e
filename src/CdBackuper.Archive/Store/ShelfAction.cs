namespace CdBackuper.Archive.Store;

/// <summary>What is to be done so that <c>files/</c> holds the best that is known of one file.</summary>
public enum ShelfAction
{
    /// <summary>Nothing: what lies in the archive is as good or better, or there is nothing to write.</summary>
    Keep,

    /// <summary>Write it from the image.</summary>
    Write,

    /// <summary>Write it from the image, and what the image lacks from the damaged copy in the archive.</summary>
    Merge,
}

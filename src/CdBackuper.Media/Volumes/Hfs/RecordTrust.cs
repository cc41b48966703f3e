namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>What is known of the node that a record comes from.</summary>
internal enum RecordTrust
{
    /// <summary>It is one of the tree's leaves.</summary>
    Led,

    /// <summary>It is in use, and was found by a search: what is known already counts.</summary>
    Found,

    /// <summary>Nothing says that it is in use, or how many records it has: what stands there may be of old.</summary>
    Unproven,
}

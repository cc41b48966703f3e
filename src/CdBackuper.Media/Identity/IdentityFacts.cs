namespace CdBackuper.Media.Identity;

/// <summary>All that is compared between the disc in the drive and one that the archive knows: facts, no judgement.</summary>
public sealed record IdentityFacts
{
    /// <summary>Both volumes carry the same UUID. That alone proves nothing.</summary>
    public bool SharesUuid { get; init; }

    /// <summary>
    /// Descriptors and root directories, blank sectors and marks of every disc left out. Those at the disc's head are only
    /// counted where they differ and no session was added, else in <see cref="RewrittenHead"/>.
    /// </summary>
    public SectorTally Descriptors { get; init; }

    /// <summary>
    /// How many sectors of the first 32 differ on a disc to which a session was added: on a medium that can be overwritten the
    /// newest session's descriptors are written there.
    /// </summary>
    public int RewrittenHead { get; init; }

    /// <summary>Sectors from all over the disc, of the image where it is kept, else of the record.</summary>
    public SectorTally Samples { get; init; }

    /// <summary>
    /// Parts of files that a predecessor left, compared with the files on the disc. A few of them may be corrupt, so they are
    /// weighed and one that differs does not decide.
    /// </summary>
    public SectorTally Files { get; init; }

    /// <summary>
    /// A sector of files, descriptors or root directories that was read twice, without an error, and gave other bytes the second time: then the drive makes them up, and nothing that it
    /// reads can be trusted. Null where none did.
    /// </summary>
    public long? UnsteadySector { get; init; }

    /// <summary>True where the drive could not read all that was to be compared: another one may.</summary>
    public bool HasUnread => Descriptors + Samples + Files is var all && all.Unreadable > all.BehindEnd;

    /// <summary>The disc in the drive has all sessions of the known one, and another behind them.</summary>
    public bool HasAddedSession { get; init; }

    /// <summary>
    /// False where both tables of contents have tracks at different places: the discs were not written alike, which does not
    /// say that they hold different things. Null where there is nothing to compare.
    /// </summary>
    public bool? TracksAgree { get; init; }

    /// <summary>
    /// Of the known disc nothing could be read but its length and tracks, which are this one's, nobody has named it, and nothing is archived of it.
    /// </summary>
    public bool IsOnlyLengthKnown { get; init; }

    /// <summary>Nothing of the known disc is archived yet, so there is nothing that could be mixed.</summary>
    public bool IsNothingKept { get; init; }
}

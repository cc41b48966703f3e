using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Identity;

namespace CdBackuper.Jobs;

/// <summary>A disc with the folder that it owns for the time of an attempt.</summary>
/// <param name="Folder">The disc's folder.</param>
/// <param name="Claim">The right to write to it.</param>
/// <param name="Listing">The listing before this attempt.</param>
internal sealed record ClaimedDisc(DiscFolder Folder, FolderClaim Claim, Listing Listing) : IDisposable
{
    /// <summary>By what the disc is recognised: what was known of it and what was seen now.</summary>
    public required DiscEvidence Evidence { get; set; }

    /// <summary>The same before this attempt; null where nothing was known.</summary>
    public DiscEvidence? EvidenceBefore { get; init; }

    /// <summary>The status before this attempt, or the one that a new disc begins with.</summary>
    public required DiscStatus Before { get; set; }

    /// <summary>True where the disc has more than was known of it: a session or files were added.</summary>
    public required bool HasGrown { get; set; }

    /// <summary>
    /// The files of a whole disc that are no longer what was written; null where nobody looked.
    /// </summary>
    public IReadOnlyList<ListedEntry>? Wrong { get; set; }

    /// <summary>Refuses to go on when the archive went away or another process took the folder over.</summary>
    /// <exception cref="ArchiveException">Nothing more may be written.</exception>
    public void EnsureWritable()
    {
        Folder.Root.EnsureUsable();
        Claim.EnsureHeld();
    }

    /// <summary>True where a predecessor made the folder, and no attempt has yet said which of its files are the disc's.</summary>
    public bool HasForeignFiles => Listing.VolumeFormat is null;

    /// <summary>Other folders of the same disc, as it is now.</summary>
    public IReadOnlyList<DiscFolder> Sources { get; init; } = [];

    /// <summary>A sector of the disc that the drive gives other bytes of at each read, without an error; null for none.</summary>
    public long? UnsteadySector { get; init; }

    /// <summary>
    /// True where the holder before was cut off: what it held besides may be left as it was.
    /// </summary>
    public bool WasCutOff { get; init; }

    /// <summary>True while files may lie in place that no record speaks of yet.</summary>
    public bool IsBeingShelved { get; set; }

    public void Dispose()
    {
        if (!IsBeingShelved || IsLost())
        {
            HolderPlace.Leave(Folder);
        }

        Claim.Dispose();
    }

    /// <returns>True where another process took the folder over.</returns>
    public bool IsLost()
    {
        try
        {
            return !Claim.IsHeld();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The archive is away: whoever finds the place later is to know that something was not recorded.
            return false;
        }
    }
}

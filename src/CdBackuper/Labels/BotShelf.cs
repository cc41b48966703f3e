using CdBackuper.Archive.Store;

namespace CdBackuper.Labels;

/// <summary>The archive, as the bot sees it.</summary>
/// <param name="Archive">The archive.</param>
/// <param name="Claim">The right to be its bot.</param>
/// <param name="Ledger">Which message speaks of which disc.</param>
/// <param name="Book">What was done.</param>
/// <param name="Work">What does it.</param>
/// <param name="Clock">For waits.</param>
internal sealed record BotShelf(
    ArchiveRoot Archive, FolderClaim Claim, NoticeLedger Ledger, ReplyBook Book, ReplyWork Work, TimeProvider Clock)
{
    /// <summary>Before anything is written: the archive is there, and no other bot has taken over.</summary>
    /// <exception cref="ArchiveException">It is not so.</exception>
    public void EnsureOurs()
    {
        Archive.EnsureUsable();
        Claim.EnsureHeld();
    }
}

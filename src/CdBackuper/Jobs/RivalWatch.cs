using System.Diagnostics;
using CdBackuper.Archive.Store;
using CdBackuper.Hosting;

namespace CdBackuper.Jobs;

/// <summary>Watches the beat of whoever holds a folder, on this process's own monotonic clock: clocks of nodes differ.</summary>
/// <param name="patience">So long a beat may stay as it is.</param>
internal sealed class RivalWatch(TimeSpan patience)
{
    private ClaimOwner? rival;
    private long seenSince;
    private string? toldToken;

    /// <summary>The holder that was found to be gone; null for none.</summary>
    public ClaimOwner? Gone { get; private set; }

    /// <returns>True when the holder is known to be dead, or was seen to show no life for long enough.</returns>
    public bool IsGone(ClaimOwner owner)
    {
        if (owner != rival)
        {
            (rival, seenSince) = (owner, Stopwatch.GetTimestamp());
        }

        var isGone = ProcessIdentity.IsKnownDead(owner) || Stopwatch.GetElapsedTime(seenSince) > patience;
        Gone = isGone ? owner : Gone;
        return isGone;
    }

    /// <returns>True where the holder with that place was found to be gone, and is known to be dead: it writes nothing more.</returns>
    public bool HasDied(string placeName) =>
        Gone is { } gone && placeName.EndsWith($"-{gone.Token}", StringComparison.Ordinal) && ProcessIdentity.IsKnownDead(gone);

    /// <returns>True the first time that this holder is asked about.</returns>
    public bool IsNews(ClaimOwner owner)
    {
        var isNews = toldToken != owner.Token;
        toldToken = owner.Token;
        return isNews;
    }
}

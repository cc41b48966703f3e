using System.Globalization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Rescue;

/// <summary>
/// Decides the next pass from facts alone: no clock, no disk, no drive. All of the disc fast; then sector by sector what
/// folders and damaged files miss, the least damaged first; again, in turns backwards and forwards; last, and little, what
/// nobody owns. As soon as a disc shows trouble, folders come before everything. See docs/decisions/0009.
/// </summary>
public static class RescuePlan
{
    /// <summary>So many bytes the copy of the disc passes over behind a read that fails; more behind the next.</summary>
    public const int FirstSkip = 512 << 10;

    /// <summary>So many bad sectors of a file are tried again before the copy goes on.</summary>
    private const int MostBeside = 2;

    /// <returns>The next pass. Comes to an end whatever the passes win.</returns>
    public static RescuePass Next(RescueFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var needed = facts.Needs.All;
        var open = facts.Domain.Union(needed).Except(facts.Map.Finished);
        if (open.IsEmpty && !facts.Map.Finished.IsEmpty)
        {
            return new RescuePass.Finish("every sector was read");
        }

        if (facts.TimeLeft <= TimeSpan.Zero)
        {
            return new RescuePass.Finish("the time for this disc in this drive is used up");
        }

        // ddrescue refuses a domain that lies behind the device's end (exit 1).
        var shown = facts.HiddenFrom is { } hidden ? open.Intersect(ByteSet.Of(new ByteRange(0, hidden))) : open;
        return Beside(facts, shown) ?? Metadata(facts, shown) ?? CopyAll(facts, shown) ?? (RescuePass?)Hidden(facts, open.Except(shown))
            ?? RescueRounds.Next(facts, shown, needed)
            ?? (RescuePass?)Rest(facts, shown.Except(needed).Except(facts.Padding))
            ?? new RescuePass.Finish(RescueRounds.WhyNoMore(facts, open, needed));
    }

    /// <summary>
    /// A file of which all is read but what the first failed read held: it ends or begins beside the damage, or has a sector or two of it. The head is there, and it is a
    /// matter of seconds.
    /// </summary>
    private static RescuePass? Beside(RescueFacts facts, ByteSet shown)
    {
        if (!HasStopped(facts) || HasCopied(facts))
        {
            return null;
        }

        var failed = facts.Map.Of(BlockStatus.NonTrimmed);
        var files = facts.Needs.Files
            .Where(file => file.Holes.Except(facts.Map.Tried).IsEmpty)
            .Where(file => file.Holes.SectorCount <= MostBeside || (file.IsShared && !file.Holes.Intersect(failed).IsEmpty))
            .ToArray();
        return FileSteps.Next(facts with { Needs = facts.Needs with { Files = files } }, shown, RetryYield.SureRounds(facts))?.Pass;
    }

    /// <summary>
    /// Folders first, as far as what was read so far tells where they are; each place once in an attempt. Costs seeks, so
    /// only on a disc that has shown trouble, and before the long pass over all of it.
    /// </summary>
    private static RescuePass.Copy? Metadata(RescueFacts facts, ByteSet shown)
    {
        // A failed read that reaches out of all volumes is a gap, or run-out.
        var hasTrouble = facts.HasTrouble || (HasStopped(facts) && Failed(facts).Except(facts.Needs.Spans).IsEmpty);
        if (!hasTrouble || HasCopied(facts))
        {
            return null;
        }

        var asked = facts.Passes.Select(outcome => outcome.Pass).OfType<RescuePass.Copy>()
            .Where(copy => copy.Aim == RescueAim.Metadata)
            .SelectMany(copy => copy.Domain);
        var places = facts.MetadataPlaces.Union(facts.Needs.Structures)
            .Intersect(shown)
            .Except(facts.Map.Tried)
            .Except(ByteSet.Of(asked));
        return places.IsEmpty ? null : new(RescueAim.Metadata, places);
    }

    /// <summary>
    /// A disc without known trouble is copied up to the first read that fails. Then, and on any other, all of it, without what lies behind a failed read: it most likely
    /// fails as well.
    /// </summary>
    private static RescuePass.Copy? CopyAll(RescueFacts facts, ByteSet open)
    {
        if (HasCopied(facts) || open.Except(facts.Map.Tried).IsEmpty)
        {
            return null;
        }

        if (!HasStopped(facts))
        {
            return new(RescueAim.Disc, facts.Domain) { StopsAtFailure = !facts.HasTrouble && !facts.IsRetry };
        }

        var rest = facts.Domain.Except(ByteSet.Of(Failed(facts).Select(run => new ByteRange(run.End, FirstSkip))));
        return rest.Intersect(open).Except(facts.Map.Tried).IsEmpty ? null : new(RescueAim.Disc, rest);
    }

    /// <summary>
    /// At most 74 sectors in Linux (drivers/scsi/sr.c, sr_done), gaps at the end as well: they are few. Each once in an attempt; a
    /// further error nearer to the start hides more.
    /// </summary>
    private static RescuePass.ReadHidden? Hidden(RescueFacts facts, ByteSet hidden)
    {
        var asked = facts.Passes.Select(outcome => outcome.Pass).OfType<RescuePass.ReadHidden>().SelectMany(pass => pass.Domain);
        var left = hidden.Except(ByteSet.Of(asked));
        return left.IsEmpty ? null : new(left);
    }

    /// <summary>
    /// Once in an attempt, and not for long; another drive, or another day, gets what failed once more, from its end: a session
    /// that nobody knows lies behind its gap.
    /// </summary>
    private static RescuePass.Scrape? Rest(RescueFacts facts, ByteSet rest) =>
        rest.IsEmpty || facts.RestLimit is not { } limit || limit <= TimeSpan.Zero || !RescueRounds.HasRestLimit(facts)
            || facts.Passes.Any(outcome => outcome.Pass is RescuePass.Scrape { Target.Aim: RescueAim.Rest })
            ? null
            : new(new(RescueAim.Rest), rest) { Retries = facts.IsRetry ? 1 : 0, Round = facts.IsRetry ? 1 : 0, Limit = limit };

    private static ByteSet Failed(RescueFacts facts) => facts.Map.Tried.Except(facts.Map.Finished);

    private static bool HasStopped(RescueFacts facts) =>
        facts.Passes.Any(outcome => outcome.Pass is RescuePass.Copy { StopsAtFailure: true });

    private static bool HasCopied(RescueFacts facts) =>
        facts.Passes.Any(outcome => outcome.Pass is RescuePass.Copy { Aim: RescueAim.Disc, StopsAtFailure: false });

    internal static string Count(long count, string one, string many) =>
        count == 1 ? $"one {one}" : string.Create(CultureInfo.InvariantCulture, $"{count} {many}");
}

namespace CdBackuper.Media.Identity;

/// <summary>
/// Says from two records alone, without a look at the disc, whether it is worth comparing sectors: for choosing the few discs of a
/// big archive that the one in the drive may be.
/// </summary>
public static class Likeness
{
    /// <summary>Likeness by what only one disc should have, not by length alone.</summary>
    public const int Strong = 8;

    private const long PrimaryDescriptor = 16;

    /// <param name="seen">The disc in the drive.</param>
    /// <param name="known">A disc of the archive.</param>
    /// <returns>0 where it can't be that disc or nothing speaks for it; else the more the likelier.</returns>
    public static int Of(DiscEvidence seen, DiscEvidence known)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(known);
        var likeness = 0;
        likeness += seen.Uuid is not null && seen.Uuid == known.Uuid ? Strong : 0;
        likeness += SharesAnchor(seen, known) ? Strong : 0;
        likeness += SharesRoot(seen, known) ? Strong : 0;
        likeness += seen.HasTracksOf(known) == true ? Strong : 0;

        // Where a session was added by writing the head anew, nothing of the head is as it was: the name is all there is.
        var sharesName = seen.VolumeName is not null && seen.VolumeName == known.VolumeName;
        likeness += likeness == 0 && sharesName && seen.HasGrownFrom(known) ? Strong / 2 : 0;

        // Of discs shorter than what drives differ by, any length would fit any other.
        var difference = Math.Abs(seen.LengthBytes - known.LengthBytes);
        var fits = difference <= DiscEvidence.LengthTolerance && difference <= Math.Max(seen.LengthBytes, known.LengthBytes) / 2;
        if (likeness == 0 && !(fits && !(HasPrimary(seen) && HasPrimary(known))))
        {
            return 0;
        }

        likeness += fits ? 2 : 0;
        likeness += seen.LengthBytes == known.LengthBytes ? 1 : 0;
        likeness += sharesName ? 1 : 0;
        return likeness;
    }

    private static bool SharesAnchor(DiscEvidence seen, DiscEvidence known)
    {
        foreach (var anchor in seen.Anchors)
        {
            if (TellingSector.IsTelling(anchor) && known.Anchors.Contains(anchor))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SharesRoot(DiscEvidence seen, DiscEvidence known) => known.Sessions.Any(
        session => session.RootSha256 is not null
            && seen.Sessions.Any(mine => mine.RootSector == session.RootSector && mine.RootSha256 == session.RootSha256));

    private static bool HasPrimary(DiscEvidence evidence) =>
        evidence.Anchors.Any(anchor => anchor.Sector == PrimaryDescriptor);
}

namespace CdBackuper.Media.Images;

/// <summary>A run of a data track, and what is known of its sectors.</summary>
/// <param name="Run">The sectors.</param>
/// <param name="Mode">What their headers say, else the sheet.</param>
/// <param name="HasNoChecks">True where no sector has check sums.</param>
/// <param name="HasAddresses">True where the headers have the addresses at which the sectors lie.</param>
/// <param name="HasSubModes">True where sectors of Mode 2 say in their sub-headers what they are.</param>
internal sealed record TrackPiece(TrackRun Run, int Mode, bool HasNoChecks, bool HasAddresses, bool HasSubModes)
{
    /// <param name="pieces">In order of their sectors.</param>
    /// <param name="sector">Absolute on the disc.</param>
    /// <returns>The piece that has the sector; null for none.</returns>
    public static TrackPiece? Find(TrackPiece[] pieces, long sector)
    {
        var (low, high) = (0, pieces.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (pieces[middle].Run.End > sector)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low < pieces.Length && pieces[low].Run.Sector <= sector ? pieces[low] : null;
    }
}

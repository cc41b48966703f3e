using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Images;

/// <summary>Asks some sectors of a data track what all of them are like.</summary>
/// <param name="files">The image's files; those of the runs are there.</param>
internal sealed class PieceSurvey(IReadOnlyList<IByteSource?> files)
{
    private const int Asked = 64;

    /// <param name="run">A data track, or a part of one.</param>
    /// <param name="statedMode">What the sheet says: 1 or 2.</param>
    public TrackPiece Of(TrackRun run, int statedMode) => run.Body switch
    {
        SectorBody.Whole => OfWhole(run, statedMode),
        SectorBody.FromSubHeader => new(run, 2, HasNoChecks: false, HasAddresses: false, HaveSubModes([.. Some(run)])),
        _ => new(run, statedMode, HasNoChecks: false, HasAddresses: false, HasSubModes: false),
    };

    /// <summary>
    /// Some programs make whole sectors of user bytes and leave the check sums zero. Such a track has no sector with a right
    /// one; in all others a sector without is one that was not read, and filled in. The mode is what most headers say: a sheet may be wrong of it, or say nothing.
    /// </summary>
    private TrackPiece OfWhole(TrackRun run, int statedMode)
    {
        var user = new byte[Sector.Size];
        var (hasUnchecked, hasChecked) = (false, false);
        var modes = new int[3];
        var bodies = new List<byte[]>();
        foreach (var raw in Some(run))
        {
            if (RawSector.TryReadHeader(raw, out _, out var mode))
            {
                modes[mode]++;
                if (mode == 2)
                {
                    bodies.Add(raw[RawSector.BodyOffset..]);
                }
            }

            if (!hasChecked)
            {
                var state = RawDecoder.Decode(raw.AsSpan(0, RawSector.Size), 0, user);
                hasChecked = state is SectorState.Good or SectorState.Corrected;
                hasUnchecked |= state == SectorState.Unchecked;
            }
        }

        var told = modes[1] == modes[2] ? statedMode : modes[1] > modes[2] ? 1 : 2;
        var isAtHome = LayoutAnchor.FindStart(run, files[run.File]) == run.Sector;
        return new(run, told, hasUnchecked && !hasChecked, isAtHome, HaveSubModes(bodies));
    }

    /// <param name="bodies">Of Mode 2, from the sub-headers on.</param>
    private static bool HaveSubModes(List<byte[]> bodies)
    {
        bodies.RemoveAll(body => Sector.IsBlank(body));
        return 2 * bodies.Count(body => !Sector.IsBlank(body.AsSpan(0, RawSector.SubHeaderSize))) > bodies.Count;
    }

    private IEnumerable<byte[]> Some(TrackRun run)
    {
        var wanted = Math.Min(Asked, run.Count);
        for (var index = 0L; index < wanted; index++)
        {
            var raw = new byte[run.Stride];
            if (files[run.File]!.TryRead(run.Offset + (run.Count * index / wanted * run.Stride), raw))
            {
                yield return raw;
            }
        }
    }
}

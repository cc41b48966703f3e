using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Images;

/// <summary>The sectors of Mode 2 Form 2 that an image's data tracks have. Thread-safe.</summary>
/// <param name="pieces">The data tracks, in order.</param>
/// <param name="files">The image's files; null for one that is not there.</param>
/// <param name="log">Takes what was found of the sectors that were read.</param>
internal sealed class Form2Sectors(TrackPiece[] pieces, IReadOnlyList<IByteSource?> files, SectorLog log) : IForm2Source
{
    private readonly Lock guard = new();
    private ByteSet? found;

    public bool IsForm2(long sector) => TrackPiece.Find(pieces, sector) is { } piece && IsForm2(piece, sector);

    public ByteSet FindForm2()
    {
        lock (guard)
        {
            return found ??= ByteSet.Of(pieces.SelectMany(FindIn));
        }
    }

    public bool TryReadForm2(long sector, Span<byte> body)
    {
        if (TrackPiece.Find(pieces, sector) is not { } piece || !TryReadBody(piece, sector, body) || !RawDecoder.IsGoodForm2(body))
        {
            return false;
        }

        log.Add(sector, SectorState.Form2);
        return true;
    }

    private IEnumerable<ByteRange> FindIn(TrackPiece piece)
    {
        var run = piece.Run;
        var start = -1L;
        for (var sector = run.Sector; MayHold(piece) && sector <= run.End; sector++)
        {
            var isForm2 = sector < run.End && IsForm2(piece, sector);
            if (isForm2 && start < 0)
            {
                start = sector;
            }
            else if (!isForm2 && start >= 0)
            {
                yield return ByteRange.OfSectors(start, sector - start);
                start = -1;
            }
        }
    }

    private bool IsForm2(TrackPiece piece, long sector)
    {
        var run = piece.Run;
        if (!MayHold(piece) || run.Body == SectorBody.Form2)
        {
            return run.Body == SectorBody.Form2;
        }

        Span<byte> head = stackalloc byte[RawSector.XaUserOffset];
        head = run.Body == SectorBody.Whole ? head : head[..RawSector.SubHeaderSize];
        if (!files[run.File]!.TryRead(run.Offset + ((sector - run.Sector) * run.Stride), head)
            || (run.Body == SectorBody.Whole && !IsAtHome(piece, sector, head)))
        {
            return false;
        }

        Span<byte> body = stackalloc byte[RawSector.BodySize];
        return RawDecoder.SaysForm2(head[^RawSector.SubHeaderSize..])
            ?? (TryReadBody(piece, sector, body) && RawDecoder.IsGoodForm2(body));
    }

    private bool TryReadBody(TrackPiece piece, long sector, Span<byte> body)
    {
        var run = piece.Run;
        var (file, place) = (files[run.File]!, run.Offset + ((sector - run.Sector) * run.Stride));
        switch (run.Body)
        {
            case SectorBody.Whole when MayHold(piece):
                Span<byte> raw = stackalloc byte[RawSector.Size];
                var isRead = file.TryRead(place, raw) && IsAtHome(piece, sector, raw);
                raw[RawSector.BodyOffset..].CopyTo(body);
                return isRead;
            case SectorBody.FromSubHeader:
                return file.TryRead(place, body[..RawSector.BodySize]);
            case SectorBody.Form2 when run.Stride == RawSector.Form2Size:
                // Only the user bytes were kept, of sectors that were right.
                body.Clear();
                body[2] = body[6] = RawDecoder.FormBit;
                return file.TryRead(place, body.Slice(RawSector.SubHeaderSize, RawSector.Form2Size));
            default:
                // 2328 and 2332 bytes: what of the rest they have, and where, the sheets do not say.
                return false;
        }
    }

    /// <summary>A track of Mode 1 has none, and of plain user bytes nobody can tell.</summary>
    private static bool MayHold(TrackPiece piece) => piece.Mode == 2 && piece.Run.Body != SectorBody.User;

    /// <summary>A header that says nothing is no reason: the body's check sum tells. One that names another sector is.</summary>
    private static bool IsAtHome(TrackPiece piece, long sector, ReadOnlySpan<byte> head) =>
        !RawSector.TryReadHeader(head, out var address, out var mode)
        || (mode == 2 && (!piece.HasAddresses || address == sector));
}

using System.Buffers;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Sectors.Raw;

namespace CdBackuper.Media.Images;

/// <summary>
/// The disc's sectors of 2048 bytes, put together from an image's data tracks. What the image has whole is checked and,
/// where it can be, put right; a sector that stays wrong is unreadable. So are sound and gaps, and Mode 2 Form 2
/// but for <see cref="Form2"/>. Thread-safe.
/// </summary>
public sealed class TrackSectors : ISectorSource
{
    private const int BufferLength = 1 << 16;
    private readonly IReadOnlyList<IByteSource?> files;
    private readonly TrackPiece[] pieces;

    /// <param name="layout">Where the sectors are.</param>
    /// <param name="files">The layout's files; null for one that is not there.</param>
    public TrackSectors(ImageLayout layout, IReadOnlyList<IByteSource?> files)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(files);
        this.files = files;
        var survey = new PieceSurvey(files);
        pieces = [.. layout.Tracks.Where(track => track.IsData)
            .SelectMany(track => track.Runs, (track, run) => (track, run))
            .Where(pair => pair.run.Count > 0 && files[pair.run.File] is not null)
            .OrderBy(pair => pair.run.Sector)
            .Select(pair => survey.Of(pair.run, pair.track.Kind == TrackKind.Mode2 ? 2 : 1))];
        SectorCount = layout.DataBytes.End / Sector.Size;
        Form2 = new Form2Sectors(pieces, files, Log);
    }

    /// <summary>What was put right, and what could not be, among the sectors read so far.</summary>
    public SectorLog Log { get; } = new();

    /// <summary>Up to the end of the last data track.</summary>
    public long SectorCount { get; }

    /// <inheritdoc/>
    public IForm2Source Form2 { get; }

    /// <inheritdoc/>
    public bool TryRead(long sector, Span<byte> buffer)
    {
        var count = buffer.Length / Sector.Size;
        if (sector < 0 || sector > SectorCount - count)
        {
            return false;
        }

        while (count > 0)
        {
            if (TrackPiece.Find(pieces, sector) is not { } piece)
            {
                return false;
            }

            var part = (int)Math.Min(count, piece.Run.End - sector);
            if (!TryReadPart(piece, sector, buffer[..(part * Sector.Size)]))
            {
                return false;
            }

            buffer = buffer[(part * Sector.Size)..];
            (sector, count) = (sector + part, count - part);
        }

        return true;
    }

    private bool TryReadPart(TrackPiece piece, long sector, Span<byte> buffer)
    {
        var run = piece.Run;
        var file = files[run.File]!;
        if (run.Body == SectorBody.User && run.Stride == Sector.Size)
        {
            return file.TryRead(run.Offset + ((sector - run.Sector) * Sector.Size), buffer);
        }

        var bytes = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var atOnce = BufferLength / run.Stride;
            for (var count = buffer.Length / Sector.Size; count > 0;)
            {
                var part = Math.Min(count, atOnce);
                var raw = bytes.AsSpan(0, part * run.Stride);
                if (!file.TryRead(run.Offset + ((sector - run.Sector) * run.Stride), raw)
                    || !TryDecode(piece, sector, raw, buffer[..(part * Sector.Size)]))
                {
                    return false;
                }

                buffer = buffer[(part * Sector.Size)..];
                (sector, count) = (sector + part, count - part);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private bool TryDecode(TrackPiece piece, long sector, ReadOnlySpan<byte> raw, Span<byte> buffer)
    {
        for (; buffer.Length > 0; sector++, raw = raw[piece.Run.Stride..], buffer = buffer[Sector.Size..])
        {
            var state = Decode(piece, raw, buffer[..Sector.Size]);
            if (state == SectorState.Good && piece.HasSubModes && Sector.IsBlank(BodyOf(piece.Run, raw)))
            {
                state = SectorState.Empty;
            }

            if (state == SectorState.Good && piece.HasAddresses
                && RawSector.TryReadHeader(raw, out var address, out _) && address != sector)
            {
                state = SectorState.Misplaced;
            }

            Log.Add(sector, state);
            if (state is not (SectorState.Good or SectorState.Corrected) && !(state == SectorState.Unchecked && piece.HasNoChecks))
            {
                return false;
            }
        }

        return true;
    }

    private static SectorState Decode(TrackPiece piece, ReadOnlySpan<byte> raw, Span<byte> user)
    {
        switch (piece.Run.Body)
        {
            case SectorBody.Whole:
                return RawDecoder.Decode(raw[..RawSector.Size], piece.Mode, user);
            case SectorBody.FromSubHeader:
                return RawDecoder.DecodeBody(raw[..(RawSector.Size - RawSector.BodyOffset)], user);
            case SectorBody.User:
                raw[..Sector.Size].CopyTo(user);
                return SectorState.Good;
            default:
                return SectorState.Form2;
        }
    }

    private static ReadOnlySpan<byte> BodyOf(TrackRun run, ReadOnlySpan<byte> raw) =>
        raw.Slice(run.Body == SectorBody.Whole ? RawSector.BodyOffset : 0, RawSector.BodySize);
}

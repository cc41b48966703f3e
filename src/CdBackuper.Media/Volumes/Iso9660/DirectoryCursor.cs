using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Goes through the records of one directory. Reads large runs; where one can't be read, sector by sector. A record
/// never crosses a sector's boundary (ECMA-119 §6.8.1.1), so a bad sector loses its own records only.
/// </summary>
internal sealed class DirectoryCursor
{
    private const int LongestRecord = 255;
    private const int ShortestRecord = DirectoryRecord.Shortest;

    /// <summary>Of a volume's block, in bytes (§6.2.2).</summary>
    private const int SmallestBlock = 512;

    /// <summary>Copies are made in blocks of this length, and what can't be read is left out in as many.</summary>
    private const int CopiedBlock = 512;

    private readonly DiscReader disc;
    private readonly bool isHighSierra;
    private readonly DamageLog damages;
    private readonly long start;
    private readonly long firstEnd;
    private long end;
    private long ownEnd;
    private HashSet<long>? unreadable;
    private HashSet<string>? sectorStarts;
    private ByteRange run;
    private long position;
    private long current;
    private int emptyRun;
    private int unreadableRun;
    private bool isBehindEmptySector;

    // of the last sector with records; no less than a record where there is none
    private long roomLeft = Sector.Size;

    public DirectoryCursor(DiscReader disc, ByteRange extent, bool isHighSierra, DamageLog damages)
    {
        this.isHighSierra = isHighSierra;
        this.disc = disc;
        this.damages = damages;
        start = position = extent.Start;
        end = Math.Min(extent.End, extent.Start + IsoLimits.DirectoryBytes);
        if (end > disc.LengthBytes)
        {
            end = disc.LengthBytes;
            Lose(DamageIds.IsoDirectoryPastEnd, $"A directory of {extent.Length} bytes goes past the end of the disc.");
        }
        else if (end < extent.End)
        {
            Lose(DamageIds.LimitReached, $"A directory says that it has {extent.Length} bytes; the rest was not read.");
        }

        firstEnd = end;
    }

    /// <summary>True when records are or may be missing.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>True when records may be missing between the last one and <see cref="Current"/>.</summary>
    public bool IsBehindGap { get; private set; }

    /// <summary>Where the directory lies: longer than its parent says where its own record does, and records are there.</summary>
    public ByteRange Extent => new(start, Math.Max(0, end - start));

    /// <summary>How far the directory was read; less than it claims where it was given up.</summary>
    public long BytesRead => Math.Max(0, position - start);

    /// <summary>True for the directory's first record.</summary>
    public bool IsFirst => current == start;

    /// <summary>The sector of <see cref="Current"/>.</summary>
    public long SectorNumber => current / Sector.Size;

    public DirectoryRecord Current
    {
        get
        {
            _ = DirectoryRecord.TryRead(disc.Run.AsSpan((int)(current - run.Start)), isHighSierra, out var record);
            return record;
        }
    }

    /// <summary>Has <see cref="Current"/> begin where its extended attribute record should.</summary>
    public DirectoryRecord DropAttributes()
    {
        disc.Run[current - run.Start + 1] = 0;
        return Current;
    }

    public bool MoveNext()
    {
        IsBehindGap = false;
        while (position < end || Extend())
        {
            if (emptyRun > IsoLimits.EmptyDirectorySectors || unreadableRun > IsoLimits.UnreadableDirectorySectors)
            {
                Lose(DamageIds.LimitReached, "A directory was not read to its end: a long part has no records.");
                return false;
            }

            var sectorEnd = Math.Min(end, ((position / Sector.Size) + 1) * Sector.Size);
            if (TryStep(sectorEnd))
            {
                return true;
            }

            position = sectorEnd;
        }

        // Empty sectors at the end may be a writer's habit, or what a copy without a map has in place of lost ones: behind a full one.
        if (isBehindEmptySector && roomLeft < LongestRecord)
        {
            Lose(DamageIds.IsoRecordInvalid, "A directory ends with empty sectors behind a full one: names may be lost.");
        }

        return false;
    }

    /// <summary>
    /// The directory's own record may say that it is longer (§6.8.2.2). Writers have left anything there, so that it counts only
    /// as far as there are records, and not those of another directory. What can't be read may be records.
    /// </summary>
    /// <returns>True when a sector was added.</returns>
    private bool Extend()
    {
        // Both records may be too short: then the last sector is full, and the next one begins with a record that would not have fitted.
        var isOwn = end < ownEnd;
        if ((!isOwn && roomLeft >= LongestRecord) || end % Sector.Size != 0 || end + Sector.Size > disc.LengthBytes
            || (TryLoad(end / Sector.Size) ? !GoesOn(isOwn) : !isOwn))
        {
            return false;
        }

        if (end == firstEnd)
        {
            damages.Add(
                DamageIds.IsoDirectoryInvalid,
                end / Sector.Size,
                isOwn ? "A directory is longer by its own record than by its parent's." : "A directory is longer than its records say.");
        }

        end = isOwn ? Math.Min(ownEnd, end + Sector.Size) : end + Sector.Size;
        return true;
    }

    /// <returns>True where a record begins behind the end that is none of another directory's.</returns>
    private bool GoesOn(bool isOwn) =>
        DirectoryRecord.TryRead(disc.Run.AsSpan((int)(end - run.Start), Sector.Size), isHighSierra, out var record)
        && !record.IsSelf && !record.IsParent && !record.Name.IsEmpty
        && (isOwn || (disc.Run[end - run.Start] > roomLeft && record.HalvesAgree));

    private bool TryStep(long sectorEnd)
    {
        if (!TryLoad(position / Sector.Size))
        {
            unreadableRun++;
            Lose(DamageIds.StructureUnreadable, "A sector of a directory can't be read: the names in it are lost.");
            return false;
        }

        unreadableRun = 0;
        emptyRun += position % Sector.Size == 0 ? 1 : 0;
        var rest = disc.Run.AsSpan((int)(position - run.Start), (int)(sectorEnd - position));
        if (rest[0] == 0 && !DirectoryRecord.LacksOnlyLength(rest, isHighSierra))
        {
            isBehindEmptySector |= position % Sector.Size == 0;
            return false; // the rest of the sector is unused (§6.8.1.1)
        }

        if (RecordRepair.Mend(rest, isHighSierra) is { } mended)
        {
            damages.Add(DamageIds.IsoRecordInvalid, position / Sector.Size, mended);
        }

        if (!DirectoryRecord.TryRead(rest, isHighSierra, out var record) || IsNone(record))
        {
            var next = FindNext(rest);
            Lose(DamageIds.IsoRecordInvalid, $"A directory record can't be understood: {(next > 0 ? "it" : "the rest of its sector")} was skipped.");
            position += next;
            return next > 0 && position < sectorEnd && TryStep(sectorEnd);
        }

        Cut(rest, record);
        if (isBehindEmptySector)
        {
            isBehindEmptySector = false;
            Lose(DamageIds.IsoRecordInvalid, "A sector amid a directory is empty: the names in it are lost.");
        }

        if (position % Sector.Size == 0 && roomLeft is >= CopiedBlock and < Sector.Size && roomLeft >= rest[0])
        {
            Lose(DamageIds.IsoRecordInvalid, "A sector of a directory ends early, with room for the next one's first record: names may be lost.");
        }

        if (position % Sector.Size == 0 && firstEnd - start > Sector.Size && !(sectorStarts ??= []).Add(Convert.ToHexString(rest[..rest[0]])))
        {
            Lose(DamageIds.IsoDirectoryInvalid, "A sector of a directory begins with the record that another one begins with, and may be its copy: its own names are lost.");
        }

        if (position == start && record.IsSelf)
        {
            ownEnd = Math.Min(start + Math.Min(record.DataLengthBytes, IsoLimits.DirectoryBytes), disc.LengthBytes);
        }

        emptyRun = 0;
        current = position;
        position += rest[0];
        roomLeft = sectorEnd - position;
        return true;
    }

    /// <summary>What a directory claims beyond its records may be anything, and pass for one by its length.</summary>
    private bool IsNone(in DirectoryRecord record) => record.Name.IsEmpty
        ? record.Block == 0 || !record.HalvesAgree
        : record.ContradictsItself && record.DataStart(SmallestBlock) >= disc.LengthBytes;

    /// <summary>
    /// A wrong length swallows the records behind: where one of them begins beyond doubt, this one ends. Not within its system use entries: PX has
    /// its numbers twice as well.
    /// </summary>
    private void Cut(Span<byte> rest, in DirectoryRecord record)
    {
        var used = Math.Min(rest[0], (rest[0] - SuspEntry.SkipAll(record.SystemUse).Length + 1) & ~1); // records are of even length (§9.1.13)
        if (FindSound(rest, used, rest[0]) is > 0 and var length)
        {
            damages.Add(DamageIds.IsoRecordInvalid, position / Sector.Size, "A directory record goes on into the next one by its length: it was cut there.");
            rest[0] = (byte)length;
        }
    }

    /// <returns>How far behind a record that is none the next one begins; 0 where there is none in the sector.</returns>
    private int FindNext(ReadOnlySpan<byte> rest)
    {
        var sound = FindSound(rest, 0, rest.Length);
        var isNear = sound > 0 && (sound <= rest[0] || (sound < LongestRecord && rest[0] < rest.Length && rest[rest[0]] == 0)); // its own end may lie there
        return !isNear && LeadsOn(rest) ? rest[0] : sound;
    }

    /// <returns>Where the first record begins that is one beyond doubt, from <paramref name="start"/> up to <paramref name="end"/>; 0 where none does.</returns>
    private int FindSound(ReadOnlySpan<byte> rest, int start, int end)
    {
        var first = start + (rest[start..end].IndexOfAnyExcept((byte)0) & ~1);
        for (var at = first; at >= start && at < end; at += 2)
        {
            if (DirectoryRecord.TryRead(rest[at..], isHighSierra, out var record) && record.IsSound)
            {
                return at;
            }
        }

        return 0;
    }

    /// <returns>True where the length of a record that is none leads to one, or to the end of them.</returns>
    private bool LeadsOn(ReadOnlySpan<byte> rest) =>
        rest[0] >= ShortestRecord && rest[0] <= rest.Length
        && (rest[0] == rest.Length || rest[rest[0]] == 0 || DirectoryRecord.TryRead(rest[rest[0]..], isHighSierra, out _));

    private bool TryLoad(long sector)
    {
        var start = sector * Sector.Size;
        if (start < run.Start || start >= run.End)
        {
            var count = (int)Math.Clamp(Sector.Count(end) - sector, 1, DiscReader.RunSectors);
            run = ByteRange.OfSectors(sector, count);
            unreadable = null;
            if (!disc.TryRead(sector, disc.Run.AsSpan(0, count * Sector.Size)))
            {
                LoadOneByOne(sector, count);
            }
        }

        return unreadable?.Contains(sector) is not true;
    }

    private void LoadOneByOne(long sector, int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (!disc.TryRead(sector + index, disc.Run.AsSpan(index * Sector.Size, Sector.Size)))
            {
                (unreadable ??= []).Add(sector + index);
            }
        }
    }

    private void Lose(string id, string detail)
    {
        IsIncomplete = true;
        IsBehindGap = true;
        damages.Add(id, position / Sector.Size, detail);
    }
}

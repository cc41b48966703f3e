using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>Goes through the system use entries of a record and its continuation areas (SUSP §4, §5.1).</summary>
/// <param name="disc">The disc.</param>
/// <param name="blockSize">The length of a block in bytes.</param>
/// <param name="extensions">Of each extension of the volume, in the order of its ER entries, whether it is Rock Ridge; empty where there are none.</param>
/// <param name="damages">Where flaws are noted.</param>
internal sealed class SuspReader(DiscReader disc, int blockSize, IReadOnlyList<bool> extensions, DamageLog damages)
{
    private const int ContinuationDataLength = 24;

    // Each area belongs to one record, so all together are no longer than the disc.
    private long budget = Math.Min(disc.LengthBytes, 1L << 30);

    /// <summary>True while the entries are those of an extension that is not Rock Ridge, which may have the same letters.</summary>
    private bool isForeign;

    /// <summary>True where entries may be lost.</summary>
    private bool isBroken;

    /// <returns>False where a part of what the record says is lost.</returns>
    public bool Read(ReadOnlySpan<byte> area, long sector, RockRidgeFields fields, List<ByteRange> structures)
    {
        (isForeign, isBroken) = (false, false);
        var next = ReadArea(area, sector, fields);
        for (var hop = 0; next is { } range; hop++)
        {
            budget -= range.Length;
            if (hop == IsoLimits.ContinuationHops || range.Length > IsoLimits.ContinuationBytes || budget < 0)
            {
                damages.Add(
                    DamageIds.SuspContinuationInvalid,
                    sector,
                    "A record's continuation areas are too long or endless.");
                return false;
            }

            structures.Add(range);
            if (disc.ReadBytes(range) is not { } bytes)
            {
                damages.Add(
                    range.End > disc.LengthBytes ? DamageIds.SuspContinuationInvalid : DamageIds.StructureUnreadable,
                    range.Start / Sector.Size,
                    "A continuation area can't be read: a name, date or link may lack a part.");
                return false;
            }

            next = ReadArea(bytes, range.Start / Sector.Size, fields);

            // An area is made for what had no room elsewhere: one that begins with no entry is none.
            if (bytes.Length > 0 && !SuspEntry.TryRead(bytes, out _) && !AppleUse.TryRead(bytes, out _, out _))
            {
                damages.Add(DamageIds.SuspContinuationInvalid, range.Start / Sector.Size, "A continuation area holds no entry: a name, date or link may lack a part.");
                return false;
            }
        }

        return !fields.IsNameOpen && !(isBroken && fields is { IsRockRidge: true, Name: null });
    }

    /// <returns>Where the entries continue; null where they end.</returns>
    private ByteRange? ReadArea(ReadOnlySpan<byte> area, long sector, RockRidgeFields fields)
    {
        ByteRange? next = null;
        while (true)
        {
            if (AppleUse.TryRead(area, out var length, out var finderInfo))
            {
                fields.FinderInfo = finderInfo ?? fields.FinderInfo;
                area = area[length..];
                continue;
            }

            if (!SuspEntry.TryRead(area, out var entry))
            {
                break;
            }

            var behind = area[(SuspEntry.HeaderLength + entry.Data.Length)..];
            if (!SuspEntry.HasLetters(area))
            {
                if (!SuspEntry.HasLetters(behind))
                {
                    break;
                }

                isBroken = true;
                damages.Add(DamageIds.SuspEntryInvalid, sector, "A system use entry has no letters: what it said is lost.");
                area = behind;
                continue;
            }

            if (entry.Is("ST"u8))
            {
                return next;
            }

            next = entry.Is("CE"u8) ? Continuation(entry.Data) ?? next : next;
            Take(entry, sector, fields);
            area = behind;
        }

        // NULs are padding; anything else that is no entry is a flaw
        if (area.Length >= SuspEntry.HeaderLength && area.ContainsAnyExcept((byte)0))
        {
            isBroken = true;
            damages.Add(
                DamageIds.SuspEntryInvalid,
                sector,
                "A system use entry has an impossible length: those after it are lost.");
        }

        return next;
    }

    private void Take(SuspEntry entry, long sector, RockRidgeFields fields)
    {
        if (entry.Is("ES"u8))
        {
            isForeign = entry.Data is [var number, ..] && IsForeign(number);
        }
        else if (!entry.Is("CE"u8) && (!isForeign || entry.Is("ER"u8)))
        {
            fields.Take(entry, sector, damages);
        }
    }

    /// <summary>
    /// SUSP §5.6: the number is that of the extension's ER, of which the first has number 0. A number that no ER has says nothing; nor does any
    /// where no ER announces Rock Ridge, whose entries are understood all the same.
    /// </summary>
    private bool IsForeign(byte number) => number < extensions.Count && !extensions[number] && extensions.Contains(true);

    private ByteRange? Continuation(ReadOnlySpan<byte> data) => data.Length < ContinuationDataLength
        ? null
        : new((long)BothEndian.Read32(data) * blockSize + BothEndian.Read32(data[8..]), BothEndian.Read32(data[16..]));
}

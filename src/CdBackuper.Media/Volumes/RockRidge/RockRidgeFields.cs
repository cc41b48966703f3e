using System.Buffers.Binary;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>What the Rock Ridge entries of one record say (RRIP §4.1).</summary>
internal sealed class RockRidgeFields
{
    private const byte NameContinues = 0x01;
    private const byte NameIsCurrentOrParent = 0x06;
    private const byte TimeIsLong = 0x80;
    private const byte TimeHasCreation = 0x01;
    private const byte TimeHasModification = 0x02;

    private const int NM = ('N' << 8) | 'M';
    private const int PX = ('P' << 8) | 'X';
    private const int TF = ('T' << 8) | 'F';
    private const int SL = ('S' << 8) | 'L';
    private const int CL = ('C' << 8) | 'L';
    private const int RE = ('R' << 8) | 'E';
    private const int RR = ('R' << 8) | 'R';
    private const int ER = ('E' << 8) | 'R';
    private const int ZF = ('Z' << 8) | 'F';
    private const int Z2 = ('Z' << 8) | '2';
    private const int SF = ('S' << 8) | 'F';

    /// <summary>Of the flags of RR: the record has a NM entry (RRIP 1.09, §4.1.1).</summary>
    private const byte AnnouncesName = 0x08;

    private LinkText? link;
    private bool isNameExpected;
    private bool hasNameEntry;

    /// <summary>The name from all NM entries; null where there is none.</summary>
    public byte[]? Name { get; private set; }

    /// <summary>True while the name goes on in an entry that was not met yet.</summary>
    public bool IsNameOpen { get; private set; }

    /// <summary>True where a name is announced, or an entry has one letter of NM and no known meaning, and there is no NM.</summary>
    public bool IsNameMissing => !hasNameEntry && isNameExpected;

    public uint? Mode { get; private set; }

    public DateTimeOffset? Modified { get; private set; }

    public ZisofsClaim? Zisofs { get; private set; }

    public DateTimeOffset? Created { get; private set; }

    /// <summary>What an entry of Apple's says, which may stand among Rock Ridge's.</summary>
    public byte[]? FinderInfo { get; set; }

    public uint? ChildBlock { get; private set; }

    public bool IsRelocated { get; private set; }

    public byte[]? LinkTarget => link?.ToArray();

    /// <summary>Any Rock Ridge entry was met, or an ER that announces them.</summary>
    public bool IsRockRidge { get; private set; }

    /// <summary>Of each ER that was met, in order, whether it announces Rock Ridge; null where none was.</summary>
    public List<bool>? Extensions { get; private set; }

    /// <summary>Forgets all, for the next record.</summary>
    public void Clear()
    {
        (isNameExpected, hasNameEntry) = (false, false);
        (link, Name, Mode, Modified, Created) = (null, null, null, null, null);
        (Zisofs, FinderInfo, ChildBlock, IsRelocated, IsRockRidge, IsNameOpen, Extensions) = (null, null, null, false, false, false, null);
    }

    public void Take(in SuspEntry entry, long sector, DamageLog damages)
    {
        var data = entry.Data;
        switch (entry.Signature)
        {
            case NM:
                TakeName(data, sector, damages);
                break;
            case PX when data.Length >= 8:
                Mode = BothEndian.Read32(data);
                break;
            case TF when data.Length >= 1:
                TakeTimes(data, sector, damages);
                break;
            case SL when data.Length >= 1:
                link ??= new();
                if (!link.TryAdd(data[1..]))
                {
                    damages.Add(
                        DamageIds.RockRidgeLinkInvalid,
                        sector,
                        "A symbolic link's target is malformed or too long.");
                }

                break;
            case CL when data.Length >= 4:
                ChildBlock = BinaryPrimitives.ReadUInt32LittleEndian(data);
                break;
            case RE:
                IsRelocated = true;
                break;
            case ZF or Z2:
                Zisofs = ZisofsClaim.Read(data);
                NoteEncoded(Zisofs is null ? "compressed in a way that is not known" : null, sector, damages);
                break;
            case SF:
                NoteEncoded("sparse, with a table of its parts", sector, damages);
                break;
            case PX or TF or SL or CL:
                damages.Add(DamageIds.SuspEntryInvalid, sector, "A Rock Ridge entry is too short to say anything.");
                break;
            case RR:
                isNameExpected |= data is [var flags, ..] && (flags & AnnouncesName) != 0; // says which of the others are there
                break;
            case ER:
                (Extensions ??= []).Add(NamesRockRidge(data));
                IsRockRidge |= Extensions[^1];
                return;
            default:
                isNameExpected |= entry.Signature >> 8 == 'N' || (entry.Signature & 0xFF) == 'M';
                return;
        }

        IsRockRidge = true;
    }

    /// <summary>SUSP §5.5; the identifiers of RRIP 1.09, 1.10 and 1.12.</summary>
    private static bool NamesRockRidge(ReadOnlySpan<byte> data) =>
        data.IndexOf("RRIP_1991A"u8) >= 0 || data.IndexOf("IEEE_P1282"u8) >= 0 || data.IndexOf("IEEE_1282"u8) >= 0;

    private static void NoteEncoded(string? how, long sector, DamageLog damages)
    {
        if (how is not null)
        {
            damages.Add(DamageIds.RockRidgeEncoded, sector, $"A file is stored {how}: its content is listed as stored.");
        }
    }

    /// <summary>RRIP §4.1.4; an entry whose flags say "this" or "parent" should hold no name.</summary>
    private void TakeName(ReadOnlySpan<byte> data, long sector, DamageLog damages)
    {
        hasNameEntry = true;
        IsNameOpen = data.Length > 0 && (data[0] & NameContinues) != 0;

        // One without a name in it leaves the record's own.
        if (data.Length <= 1)
        {
            return;
        }

        if ((data[0] & NameIsCurrentOrParent) != 0)
        {
            damages.Add(DamageIds.SuspEntryInvalid, sector, "A Rock Ridge name has a flag by which it should be empty: it was used.");
        }

        if (data[1..].TrimEnd((byte)0).Contains((byte)0))
        {
            damages.Add(DamageIds.SuspEntryInvalid, sector, "A Rock Ridge name has NULs in it: its length may be wrong, and what follows it a part of it.");
        }

        var room = IsoLimits.NameBytes - (Name?.Length ?? 0);
        var part = data[1..];
        Name = [.. Name ?? [], .. part[..Math.Min(part.Length, room)]];
        if (part.Length > room)
        {
            damages.Add(DamageIds.LimitReached, sector, "A name is too long: its end was cut off.");
        }
    }

    /// <summary>
    /// RRIP §4.1.6: the dates that the flags name, in the order of the flags, each in the short or the long form.
    /// </summary>
    private void TakeTimes(ReadOnlySpan<byte> data, long sector, DamageLog damages)
    {
        var flags = data[0];
        var isLong = (flags & TimeIsLong) != 0;
        var length = isLong ? IsoDate.DescriptorLength : IsoDate.RecordLength;
        var rest = data[1..];
        var areDates = true;
        if ((flags & TimeHasCreation) != 0)
        {
            areDates &= TryReadTime(rest, isLong, out var created);
            Created = created ?? Created;
            rest = rest[Math.Min(length, rest.Length)..];
        }

        if ((flags & TimeHasModification) != 0)
        {
            areDates &= TryReadTime(rest, isLong, out var modified);
            Modified = modified ?? Modified;
        }

        if (!areDates)
        {
            damages.Add(
                DamageIds.IsoDateInvalid,
                sector,
                "A Rock Ridge date is no date: that of the directory record was used.");
        }
    }

    private static bool TryReadTime(ReadOnlySpan<byte> bytes, bool isLong, out DateTimeOffset? date)
    {
        date = null;
        return isLong
            ? bytes.Length >= IsoDate.DescriptorLength && IsoDate.TryReadDescriptor(bytes, out date)
            : bytes.Length >= IsoDate.RecordLength && IsoDate.TryReadRecord(bytes[..IsoDate.RecordLength], out date);
    }
}

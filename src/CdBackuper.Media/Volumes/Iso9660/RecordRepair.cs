using System.Buffers;
using System.Runtime.InteropServices;
using CdBackuper.Media.Volumes.RockRidge;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Mends a directory record of which one of both lengths is wrong, its own or its name's (ECMA-119 §9.1.1, §9.1.11), where all else tells what it
/// must be: the other one, the entries behind the name, and where the next record begins.
/// </summary>
internal static class RecordRepair
{
    private const int NameLengthAt = DirectoryRecord.NameLengthAt;
    private const int NameAt = DirectoryRecord.FixedLength;
    private const int ShortestRecord = DirectoryRecord.Shortest;

    /// <summary>What a directory's name consists of (§7.6.3).</summary>
    private static readonly SearchValues<byte> DirectoryCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    /// <param name="rest">What is left of the sector, from the record on; the length that is wrong is put right in it.</param>
    /// <param name="isHighSierra">True for a record of High Sierra.</param>
    /// <returns>What was mended, for people; null where nothing is wrong, or nothing tells what is right.</returns>
    public static string? Mend(Span<byte> rest, bool isHighSierra)
    {
        if (rest.Length < ShortestRecord || IsSound(rest, isHighSierra))
        {
            return null;
        }

        if (TrueLength(rest, isHighSierra) is { } length)
        {
            rest[0] = length;
            return "A directory record is longer than it says, by what stands in it and where the next one begins: it was read to there.";
        }

        if (TrueNameLength(rest, isHighSierra) is { } nameLength)
        {
            rest[NameLengthAt] = nameLength;
            return "The name of a directory record has another length than is said, by what stands behind it: it was read so.";
        }

        return null;
    }

    /// <summary>Nearly all are, which is to be seen at a glance: entries begin behind the name, and where it ends another record does.</summary>
    private static bool IsSound(ReadOnlySpan<byte> rest, bool isHighSierra)
    {
        var (length, name) = (rest[0], rest[NameLengthAt]);
        if (length < ShortestRecord || length >= rest.Length || NameAt + name > length || !HasPadding(rest, name) || !IsName(NameOf(rest, name)))
        {
            return false;
        }

        var behind = rest[Math.Min(Minimal(name), length)..length];
        return (behind.IsEmpty || (behind is [_, _, _, 1, ..] && SuspEntry.HasLetters(behind))) && DirectoryRecord.TryRead(rest[length..], isHighSierra, out var next) && next.IsSound;
    }

    /// <summary>Its name, or an entry behind that, goes on beyond the record's end, up to the next record.</summary>
    private static byte? TrueLength(ReadOnlySpan<byte> rest, bool isHighSierra)
    {
        var minimal = Minimal(rest[NameLengthAt]);
        if (minimal > rest.Length)
        {
            return null;
        }

        var end = minimal + ((EntriesLength(rest[minimal..]) + 1) & ~1);
        if (rest[0] >= end || end > byte.MaxValue || end > rest.Length || !IsName(NameOf(rest, rest[NameLengthAt]))
            || !IsSoundBut(rest, end, rest[NameLengthAt], isHighSierra))
        {
            return null;
        }

        // Where the next record begins at its end that is right, whatever what follows looks like: a block's number may pass for attributes of XA.
        if (rest[0] >= minimal && rest[rest[0]] != 0 && IsFollowed(rest, rest[0], isHighSierra))
        {
            return null;
        }

        // What is unused is zero (§6.8.1.1): an entry whose own length is wrong goes on into that.
        var isBeyond = rest[0] < NameAt + rest[NameLengthAt] || rest[rest[0]..end].ContainsAnyExcept((byte)0) || (end < rest.Length && rest[end] != 0);
        return isBeyond && IsFollowed(rest, end, isHighSierra) ? (byte)end : null;
    }

    /// <summary>The record ends where it says, and with another length of its name all in it is in its place.</summary>
    private static byte? TrueNameLength(ReadOnlySpan<byte> rest, bool isHighSierra)
    {
        var (length, said) = (rest[0], rest[NameLengthAt]);
        if (length < ShortestRecord || length > rest.Length || IsInPlace(rest, said) || !IsSoundBut(rest, length, 1, isHighSierra) || !IsFollowed(rest, length, isHighSierra))
        {
            return null;
        }

        for (var name = 1; Minimal(name) < length; name++)
        {
            var area = rest[Minimal(name)..length];
            if (EntriesLength(area) is > 0 and var entries && area.Length - entries <= 1 && IsName(NameOf(rest, name)) && HasPadding(rest, name))
            {
                return name == said ? null : (byte)name;
            }
        }

        // Nothing stands behind the name.
        var whole = rest[length - 1] == 0 && length > ShortestRecord ? length - NameAt - 1 : length - NameAt;
        var isOdd = said % 2 != 0 && NameAt + said <= length && NameOf(rest, said & ~1).Contains((byte)0) && (whole < said || HasVersion(rest, said & ~1)); // UCS-2: its last byte is of no character
        var isLost = NameAt + said > length || !IsName(NameOf(rest, said));
        return whole != said && !isOdd && IsName(NameOf(rest, whole)) && (isLost || (whole > said && GoesOn(rest, said, whole, isHighSierra))) ? (byte)whole : null;
    }

    /// <returns>True where a name of this length is one, and nothing stands between it and the entries behind.</returns>
    private static bool IsInPlace(ReadOnlySpan<byte> rest, int name)
    {
        if (name == 0 || NameAt + name > rest[0] || !IsName(NameOf(rest, name)) || !HasPadding(rest, name))
        {
            return false;
        }

        var area = rest[Math.Min(Minimal(name), rest[0])..rest[0]];
        return !area[EntriesLength(area)..].ContainsAnyExcept((byte)0);
    }

    private static int Minimal(int name) => DirectoryRecord.MinimalLengthOf(name);

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> rest, int length) => rest[NameAt..Math.Min(NameAt + length, rest.Length)];

    /// <summary>A name of even length is padded with a zero (§9.1.12), where the record does not end before.</summary>
    private static bool HasPadding(ReadOnlySpan<byte> rest, int name) => name % 2 != 0 || NameAt + name >= rest[0] || rest[NameAt + name] == 0;

    /// <returns>True for a name without NULs, be it of bytes or of UCS-2, and for those of the directory itself and its parent.</returns>
    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name is [0] || !name.Contains((byte)0))
        {
            return !name.IsEmpty;
        }

        if (name.Length % 2 != 0 || MemoryMarshal.Cast<byte, ushort>(name).Contains((ushort)0))
        {
            return false;
        }

        var isWide = name[0] == 0;
        for (var index = 2; !isWide && index < name.Length; index += 2)
        {
            isWide = name[index] == 0;
        }

        return isWide;
    }

    /// <returns>True for a file's name that ends as the standard has it (§7.5.1).</returns>
    private static bool HasVersion(ReadOnlySpan<byte> rest, int name) =>
        NameOf(rest, name) is [.., (byte)';', >= (byte)'0' and <= (byte)'9'] or [.., 0, (byte)';', 0, >= (byte)'0' and <= (byte)'9'];

    /// <returns>True where the name goes on beyond the length that is said: to a version, with letters of UCS-2, or that of a directory.</returns>
    private static bool GoesOn(ReadOnlySpan<byte> rest, int said, int whole, bool isHighSierra)
    {
        if (HasVersion(rest, whole))
        {
            return !HasVersion(rest, said);
        }

        var more = rest[(NameAt + said)..(NameAt + whole)];
        var isWide = whole % 2 == 0;
        for (var at = NameAt + (said & ~1); isWide && at < NameAt + whole; at += 2)
        {
            isWide = rest[at] == 0 && rest[at + 1] >= (byte)' ';
        }

        return isWide || (DirectoryRecord.TryRead(rest, isHighSierra, out var record) && record.IsDirectory && !more.ContainsAnyExcept(DirectoryCharacters));
    }

    /// <returns>How long what stands behind a name is that is known to stand there: attributes of CD-ROM XA, system use entries, Apple's.</returns>
    private static int EntriesLength(ReadOnlySpan<byte> area)
    {
        var left = XaAttributes.Skip(area);
        while (left.Length >= SuspEntry.HeaderLength)
        {
            var isEntry = SuspEntry.TryRead(left, out var entry) && SuspEntry.HasLetters(left) && left[3] == 1;
            if (!AppleUse.TryRead(left, out var length, out _))
            {
                if (!isEntry)
                {
                    break;
                }

                length = SuspEntry.HeaderLength + entry.Data.Length;
            }

            var isLast = isEntry && entry.Is("ST"u8);
            left = left[length..];
            if (isLast)
            {
                break;
            }
        }

        return area.Length - left.Length;
    }

    /// <returns>True where the record would be one beyond doubt with these lengths.</returns>
    private static bool IsSoundBut(ReadOnlySpan<byte> rest, int length, int name, bool isHighSierra)
    {
        Span<byte> mended = stackalloc byte[byte.MaxValue];
        rest[..length].CopyTo(mended);
        (mended[0], mended[NameLengthAt]) = ((byte)length, (byte)name);
        return DirectoryRecord.TryRead(mended[..length], isHighSierra, out var record) && record.IsSound;
    }

    private static bool IsFollowed(ReadOnlySpan<byte> rest, int end, bool isHighSierra) =>
        end == rest.Length || rest[end] == 0 || (DirectoryRecord.TryRead(rest[end..], isHighSierra, out var next) && next.IsSound);
}

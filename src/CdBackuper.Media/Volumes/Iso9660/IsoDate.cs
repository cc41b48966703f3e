using System.Globalization;
using System.Text;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// The two forms of dates (ECMA-119 §8.4.26.1 with digits, §9.1.5 with numbers), both with an offset from GMT.
/// </summary>
internal static class IsoDate
{
    public const int RecordLength = 7;
    public const int DescriptorLength = 17;

    /// <summary>Linux takes offsets up to 13 hours either way; what exceeds them is taken as 0.</summary>
    private const int MaxQuarterHours = 52;

    /// <summary>Reads a date of a directory record.</summary>
    /// <param name="bytes">Seven bytes, or the six of High Sierra, which has no offset from GMT.</param>
    /// <param name="date">The date; null where none is given.</param>
    /// <returns>False when the bytes are no date. Zeros say that there is none: true and null.</returns>
    public static bool TryReadRecord(ReadOnlySpan<byte> bytes, out DateTimeOffset? date)
    {
        date = null;
        var quarterHours = bytes.Length < RecordLength ? (sbyte)0 : (sbyte)bytes[RecordLength - 1];
        return (quarterHours == 0 && !bytes[..(RecordLength - 1)].ContainsAnyExcept((byte)0))
            || TryMake((1900 + bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], 0), quarterHours, out date);
    }

    /// <summary>Reads a date of a volume descriptor, or of a long TF entry (RRIP §4.1.6).</summary>
    /// <returns>
    /// False when the bytes are no date. Sixteen '0', NUL or blanks say that there is none: true and null.
    /// </returns>
    public static bool TryReadDescriptor(ReadOnlySpan<byte> bytes, out DateTimeOffset? date)
    {
        date = null;
        var digits = bytes[..16];
        if (!digits.ContainsAnyExcept((byte)'0') || !digits.ContainsAnyExcept((byte)0, (byte)' '))
        {
            return true;
        }

        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(digits);
        int Part(int start, int length) => int.Parse(text.AsSpan(start, length), CultureInfo.InvariantCulture);
        return TryMake(
            (Part(0, 4), Part(4, 2), Part(6, 2), Part(8, 2), Part(10, 2), Part(12, 2), Part(14, 2) * 10),
            (sbyte)bytes[16],
            out date);
    }

    private static bool TryMake(
        (int Year, int Month, int Day, int Hour, int Minute, int Second, int Millisecond) part,
        int quarterHours,
        out DateTimeOffset? date)
    {
        date = null;
        if (part.Year is < 1 or > 9999
            || part.Month is < 1 or > 12
            || part.Day < 1
            || part.Day > DateTime.DaysInMonth(part.Year, part.Month)
            || part.Hour > 23
            || part.Minute > 59
            || part.Second > 59)
        {
            return false;
        }

        var offset = quarterHours is < -MaxQuarterHours or > MaxQuarterHours ? 0 : quarterHours;
        var local = new DateTime(part.Year, part.Month, part.Day, part.Hour, part.Minute, part.Second, part.Millisecond);
        var ticks = local.Ticks - TimeSpan.FromMinutes(15 * offset).Ticks;
        date = ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        return date is not null;
    }
}

using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>A timestamp of twelve bytes (ECMA-167 1/7.3, UDF 2.01 §2.1.4).</summary>
internal static class UdfTime
{
    public const int Length = 12;

    private const int LocalTime = 1;

    /// <summary>
    /// What exceeds a day is no zone (nor is -2,047, "not specified"): the time is then taken as UTC, as in Linux.
    /// </summary>
    private const int MaxZoneMinutes = 1440;

    /// <returns>False when the bytes are no time. Zeros say that there is none: true and null.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DateTimeOffset? time)
    {
        time = null;
        if (!bytes[..Length].ContainsAnyExcept((byte)0))
        {
            return true;
        }

        var typeAndZone = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        int year = BinaryPrimitives.ReadInt16LittleEndian(bytes[2..]);
        var (month, day, hour, minute, second) = (bytes[4], bytes[5], bytes[6], bytes[7], bytes[8]);
        if (year is < 1 or > 9998
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23
            || minute > 59
            || second > 59)
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second).Ticks
            + (bytes[9] * 10 * TimeSpan.TicksPerMillisecond)
            + (((bytes[10] * 100L) + bytes[11]) * TimeSpan.TicksPerMicrosecond)
            - TimeSpan.FromMinutes(ZoneMinutes(typeAndZone)).Ticks;
        time = ticks < 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        return time is not null;
    }

    /// <summary>Twelve bits with a sign; only local time has a zone.</summary>
    private static int ZoneMinutes(ushort typeAndZone)
    {
        var minutes = (short)(typeAndZone << 4) >> 4;
        return typeAndZone >> 12 != LocalTime || Math.Abs(minutes) > MaxZoneMinutes ? 0 : minutes;
    }
}

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

    /// <returns>
    /// False when the bytes are no time, or one that is outside of the years 1 to 9999 in UTC: it is better left out than moved. Zeros say that there
    /// is none: true and null.
    /// </returns>
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
        if (year is < 1 or > 9999
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
            + SubsecondTicks(bytes[9], bytes[10], bytes[11])
            - TimeSpan.FromMinutes(ZoneMinutes(typeAndZone)).Ticks;
        time = ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        return time is not null;
    }

    /// <summary>Each from 0 to 99 (ECMA-167 1/7.3.8 to 1/7.3.10); writers have left anything there, which would be seconds.</summary>
    private static long SubsecondTicks(byte centiseconds, byte hundredsOfMicroseconds, byte microseconds) =>
        centiseconds > 99 || hundredsOfMicroseconds > 99 || microseconds > 99 ? 0
        : ((((centiseconds * 100L) + hundredsOfMicroseconds) * 100) + microseconds) * TimeSpan.TicksPerMicrosecond;

    /// <summary>Twelve bits with a sign; only local time has a zone.</summary>
    private static int ZoneMinutes(ushort typeAndZone)
    {
        var minutes = (short)(typeAndZone << 4) >> 4;
        return typeAndZone >> 12 != LocalTime || Math.Abs(minutes) > MaxZoneMinutes ? 0 : minutes;
    }
}

namespace CdBackuper.Media.Sectors;

/// <summary>The unit in which a data disc is read: 2048 user bytes at a logical block address (ECMA-119 §6.1.2).</summary>
public static class Sector
{
    /// <summary>User bytes in a sector.</summary>
    public const int Size = 2048;

    /// <returns>True where there are zeros alone: nothing was written, or a copy's maker could not read it.</returns>
    public static bool IsBlank(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    /// <returns>The number of sectors that hold <paramref name="bytes"/> bytes, the last perhaps in part.</returns>
    public static long Count(long bytes) => (bytes / Size) + (bytes % Size == 0 ? 0 : 1);
}

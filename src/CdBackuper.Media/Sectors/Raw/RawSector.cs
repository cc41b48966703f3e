namespace CdBackuper.Media.Sectors.Raw;

/// <summary>
/// The layout of a sector of 2352 bytes as it lies on the disc, unscrambled (ECMA-130 §14; Mode 2 forms: CD-ROM XA §4).
/// </summary>
public static class RawSector
{
    /// <summary>All bytes of a sector.</summary>
    public const int Size = 2352;

    /// <summary>Where the header begins: minute, second, frame in BCD, mode (ECMA-130 §14.2).</summary>
    public const int HeaderOffset = 12;

    /// <summary>Where Mode 1 keeps its user bytes, and Mode 2 its sub-header or, without one, its bytes.</summary>
    public const int BodyOffset = 16;

    /// <summary>Where Mode 2 with sub-header keeps its user bytes.</summary>
    public const int XaUserOffset = 24;

    /// <summary>User bytes of a sector of Mode 2 Form 2.</summary>
    public const int Form2Size = 2324;

    /// <summary>Bytes of a sector of Mode 2 from its sub-header on.</summary>
    public const int BodySize = Size - BodyOffset;

    /// <summary>The sub-header's length: file, channel, sub-mode, coding, and all four again (CD-ROM XA §4.4).</summary>
    public const int SubHeaderSize = XaUserOffset - BodyOffset;

    /// <summary>Frames of 1/75 s between 00:00:00 and sector 0 (ECMA-130 §20.1: the first pause of 2 s).</summary>
    public const int FirstFrame = 150;

    private static readonly byte[] SyncBytes = [0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0];

    // Annex B: the first bytes of the scrambler's register, which begins behind the sync.
    private static readonly byte[] Scrambling = [0x01, 0x80, 0x00, 0x60];

    /// <summary>The twelve bytes that every data sector begins with (ECMA-130 §14.1).</summary>
    public static ReadOnlySpan<byte> Sync => SyncBytes;

    /// <param name="sector">At least the first 16 bytes of a sector.</param>
    /// <returns>True where it begins as a data sector.</returns>
    public static bool HasSync(ReadOnlySpan<byte> sector) => sector.StartsWith(SyncBytes);

    /// <param name="sector">At least the first 16 bytes of a sector.</param>
    /// <param name="address">Its absolute logical block address; -150 at the least, 449,849 at the most.</param>
    /// <param name="mode">0, 1 or 2.</param>
    /// <returns>False where there is no sync, or no header that a disc can have.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> sector, out long address, out int mode)
    {
        (address, mode) = (0, 0);
        return HasSync(sector) && TryReadHeader(sector[12], sector[13], sector[14], sector[15], out address, out mode);
    }

    /// <param name="sector">At least the first 16 bytes of a sector.</param>
    /// <returns>True where the header makes sense only when it is unscrambled first (Annex B).</returns>
    public static bool IsScrambled(ReadOnlySpan<byte> sector) =>
        HasSync(sector) && !TryReadHeader(sector, out _, out _)
        && TryReadHeader(
            (byte)(sector[12] ^ Scrambling[0]),
            (byte)(sector[13] ^ Scrambling[1]),
            (byte)(sector[14] ^ Scrambling[2]),
            (byte)(sector[15] ^ Scrambling[3]),
            out _,
            out _);

    /// <returns>The mode that a header's last byte tells; -1 for none that there is.</returns>
    /// <remarks>Bits 7 to 5 mark link and run-in blocks on recordable discs; they are no part of the mode.</remarks>
    internal static int ModeOf(byte mode) => (mode & 0x1F) <= 2 ? mode & 0x1F : -1;

    private static bool TryReadHeader(byte minute, byte second, byte frame, byte modeByte, out long address, out int mode)
    {
        (address, mode) = (0, ModeOf(modeByte));
        if (mode < 0 || FromBcd(minute) is not { } minutes
            || FromBcd(second) is not { } seconds || seconds > 59
            || FromBcd(frame) is not { } frames || frames > 74)
        {
            return false;
        }

        address = (((minutes * 60L) + seconds) * 75) + frames - FirstFrame;
        return true;
    }

    private static int? FromBcd(byte value) => (value & 15) < 10 && value >> 4 < 10 ? ((value >> 4) * 10) + (value & 15) : null;
}

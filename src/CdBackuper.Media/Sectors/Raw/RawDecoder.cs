using System.Buffers.Binary;

namespace CdBackuper.Media.Sectors.Raw;

/// <summary>Takes the 2048 user bytes out of raw sectors: only such as are right, or were put right.</summary>
public static class RawDecoder
{
    private const int Mode1Sum = 2064;
    private const int XaSum = 2072;
    private const int Form2Sum = 2348;

    /// <summary>The sub-mode's bit 5: Form 2.</summary>
    internal const int FormBit = 0x20;

    /// <param name="raw">2352 bytes from the sync on. Not changed.</param>
    /// <param name="expectedMode">1 or 2 where it is known from elsewhere, for headers that are damaged; 0 for unknown.</param>
    /// <param name="user">Room for 2048 bytes; filled when the state is Good, Corrected or Unchecked, else undefined.</param>
    public static SectorState Decode(ReadOnlySpan<byte> raw, int expectedMode, Span<byte> user)
    {
        var hasSync = RawSector.HasSync(raw);
        var mode = hasSync ? RawSector.ModeOf(raw[RawSector.BodyOffset - 1]) : -1;
        if (mode == 0 && Sector.IsBlank(raw[RawSector.BodyOffset..]))
        {
            return SectorState.Empty;
        }

        // Zeros have right sums, and are what programs fill in for sectors that they could not read.
        if (!hasSync && Sector.IsBlank(raw[RawSector.BodyOffset..]))
        {
            return SectorState.NotData;
        }

        var state = TryMode(raw, mode, user);
        if (state == SectorState.Bad && expectedMode != mode)
        {
            state = TryMode(raw, expectedMode, user);
        }

        return state == SectorState.Bad && !hasSync ? SectorState.NotData
            : state == SectorState.Good && !hasSync ? SectorState.Corrected : state;
    }

    /// <param name="body">2336 bytes of Mode 2 from the sub-header on, as some images keep them. Not changed.</param>
    /// <param name="user">As with whole sectors.</param>
    public static SectorState DecodeBody(ReadOnlySpan<byte> body, Span<byte> user)
    {
        Span<byte> sector = stackalloc byte[RawSector.Size];
        sector.Clear();
        body.CopyTo(sector[RawSector.BodyOffset..]);
        return DecodeMode2(sector, user);
    }

    /// <param name="subHeader">At least the 8 bytes of a sub-header.</param>
    /// <returns>True where both its copies say Form 2; null where they differ.</returns>
    public static bool? SaysForm2(ReadOnlySpan<byte> subHeader) =>
        subHeader[..4].SequenceEqual(subHeader.Slice(4, 4)) ? (subHeader[2] & FormBit) != 0 : null;

    /// <param name="body">2336 bytes of Mode 2 from the sub-header on.</param>
    /// <returns>True for a sector of Form 2 whose check sum is right, or left out.</returns>
    public static bool IsGoodForm2(ReadOnlySpan<byte> body)
    {
        // The sum may be left out, and is zeros then (CD-ROM XA §4.6).
        const int end = Form2Sum - RawSector.BodyOffset;
        var sum = BinaryPrimitives.ReadUInt32LittleEndian(body[end..]);
        return (body[2] & FormBit) != 0 && (sum == 0 ? SaysForm2(body) == true : sum == ErrorDetection.Compute(body[..end]));
    }

    private static SectorState TryMode(ReadOnlySpan<byte> raw, int mode, Span<byte> user)
    {
        if (mode is not (1 or 2))
        {
            return SectorState.Bad;
        }

        Span<byte> sector = stackalloc byte[RawSector.Size];
        raw.CopyTo(sector);
        return mode == 1 ? DecodeMode1(sector, user) : DecodeMode2(sector, user);
    }

    private static SectorState DecodeMode1(Span<byte> sector, Span<byte> user)
    {
        // The check sum covers the sync, which is always the same; no code mends it.
        RawSector.Sync.CopyTo(sector);
        var state = IsRightMode1(sector) ? SectorState.Good
            : Sector.IsBlank(sector[Mode1Sum..]) && !Sector.IsBlank(sector[RawSector.BodyOffset..])
                ? SectorState.Unchecked
            : ErrorCorrection.TryCorrect(sector, IsRightMode1) ? SectorState.Corrected : SectorState.Bad;
        sector.Slice(RawSector.BodyOffset, Sector.Size).CopyTo(user);
        return state;
    }

    private static SectorState DecodeMode2(Span<byte> sector, Span<byte> user)
    {
        // CD-ROM XA: parity is computed as if the header were zeros, so that it does not depend on the address.
        sector[..RawSector.BodyOffset].Clear();
        if (IsRightForm1(sector) && !IsForm2(sector))
        {
            sector.Slice(RawSector.XaUserOffset, Sector.Size).CopyTo(user);
            return SectorState.Good;
        }

        if (IsGoodForm2(sector[RawSector.BodyOffset..]))
        {
            return SectorState.Form2;
        }

        if (ErrorCorrection.TryCorrect(sector, IsRightForm1) && !IsForm2(sector))
        {
            sector.Slice(RawSector.XaUserOffset, Sector.Size).CopyTo(user);
            return SectorState.Corrected;
        }

        return SectorState.Bad;
    }

    private static bool IsRightMode1(ReadOnlySpan<byte> sector) =>
        ErrorDetection.Compute(sector[..Mode1Sum]) == BinaryPrimitives.ReadUInt32LittleEndian(sector[Mode1Sum..]);

    private static bool IsRightForm1(ReadOnlySpan<byte> sector) =>
        ErrorDetection.Compute(sector[RawSector.BodyOffset..XaSum]) == BinaryPrimitives.ReadUInt32LittleEndian(sector[XaSum..]);

    /// <summary>The sub-mode's bit 5, in the first of the two copies.</summary>
    private static bool IsForm2(ReadOnlySpan<byte> sector) => (sector[RawSector.BodyOffset + 2] & FormBit) != 0;
}

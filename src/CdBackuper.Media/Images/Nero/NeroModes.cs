namespace CdBackuper.Media.Images.Nero;

/// <summary>The codes of Nero's track modes.</summary>
internal static class NeroModes
{
    private const int DefaultStride = -1;

    /// <param name="code">The mode.</param>
    /// <param name="sectorSize">What the table says of a sector's length; 0 where it says nothing.</param>
    /// <param name="kind">What the track holds.</param>
    /// <param name="body">What of each sector the file has.</param>
    /// <param name="stride">Bytes of a sector in the file.</param>
    /// <returns>False for a code that is not known, or a length that it can't have.</returns>
    public static bool TryParse(int code, int sectorSize, out TrackKind kind, out SectorBody body, out int stride)
    {
        (kind, body, stride) = code switch
        {
            0x00 => (TrackKind.Mode1, SectorBody.User, 2048),
            0x02 => (TrackKind.Mode2, SectorBody.User, 2048),
            0x03 => (TrackKind.Mode2, SectorBody.FromSubHeader, 2336),
            0x05 => (TrackKind.Mode1, SectorBody.Whole, 2352),
            0x06 => (TrackKind.Mode2, SectorBody.Whole, 2352),
            0x07 => (TrackKind.Sound, SectorBody.Sound, 2352),
            0x0F => (TrackKind.Mode1, SectorBody.Whole, 2448),
            0x10 => (TrackKind.Sound, SectorBody.Sound, 2448),
            0x11 => (TrackKind.Mode2, SectorBody.Whole, 2448),
            _ => (default, default, DefaultStride),
        };
        if (stride > 0 && sectorSize > 0)
        {
            // old versions wrote tracks with sub-channels under the plain codes
            var isFitting = sectorSize == stride || (stride == 2352 && sectorSize == 2448);
            stride = isFitting ? sectorSize : DefaultStride;
        }

        return stride > 0;
    }
}

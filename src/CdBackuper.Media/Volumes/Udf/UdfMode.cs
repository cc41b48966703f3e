namespace CdBackuper.Media.Volumes.Udf;

/// <summary>Brings a file's type, permissions and flags to POSIX mode bits.</summary>
internal static class UdfMode
{
    private const uint LinkMode = 0xA1FF;
    private const int SpecialBitsShift = 6;
    private const int SpecialBits = 7;

    /// <param name="type">The ICB's file type (ECMA-167 4/14.6.6).</param>
    /// <param name="permissions">
    /// Five bits each for others, group and owner, of which the low three are POSIX's (4/14.9.5).
    /// </param>
    /// <param name="flags">The ICB's flags, of which bits 6 to 8 are setuid, setgid and sticky (4/14.6.8).</param>
    public static uint Of(UdfFileType type, uint permissions, ushort flags)
    {
        if (type == UdfFileType.SymbolicLink)
        {
            return LinkMode; // a link's permissions mean nothing; Linux shows these
        }

        var special = (uint)(flags >> SpecialBitsShift) & SpecialBits;
        var reordered = ((special & 1) << 11) | ((special & 2) << 9) | ((special & 4) << 7);
        return TypeBits(type) | reordered | (permissions & 7) | ((permissions >> 2) & 0x38) | ((permissions >> 4) & 0x1C0);
    }

    private static uint TypeBits(UdfFileType type) => type switch
    {
        UdfFileType.Directory or UdfFileType.StreamDirectory => 0x4000,
        UdfFileType.BlockDevice => 0x6000,
        UdfFileType.CharacterDevice => 0x2000,
        UdfFileType.Pipe => 0x1000,
        UdfFileType.Socket => 0xC000,
        _ => 0x8000,
    };
}

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Apple's entries in system use areas: "AA" (Apple Technical Note FL 36, "Apple Extensions to ISO 9660"), and "BA" of its
/// first edition, which has no length in it.
/// </summary>
internal static class AppleUse
{
    private const byte HfsId = 2;
    private const int TypeAndCreator = 8;
    private const int FinderInfoUsed = 10;

    /// <summary>Lengths of the old entries by their kind: ProDOS; type and creator; these with an icon; HFS.</summary>
    private static ReadOnlySpan<byte> OldLengths => [0, 6, 11, 11, 139, 139, 13];

    /// <param name="area">What is left of a system use area.</param>
    /// <param name="length">Bytes of the entry.</param>
    /// <param name="finderInfo">The Finder's 32 bytes as far as they are told; null where the entry tells none of them.</param>
    /// <returns>False when no entry of Apple's begins here.</returns>
    public static bool TryRead(ReadOnlySpan<byte> area, out int length, out byte[]? finderInfo)
    {
        (length, finderInfo) = (0, null);
        if (area is [(byte)'A', (byte)'A', >= 4, var id, ..] && area[2] <= area.Length)
        {
            length = area[2];
            finderInfo = id == HfsId ? Take(area[4..length], FinderInfoUsed) : null;
            return true;
        }

        if (area is [(byte)'B', (byte)'A', >= 1 and <= 6, ..] && OldLengths[area[2]] <= area.Length)
        {
            length = OldLengths[area[2]];
            finderInfo = area[2] >= HfsId ? Take(area[3..length], area[2] == 6 ? FinderInfoUsed : TypeAndCreator) : null;
            return true;
        }

        return false;
    }

    /// <returns>What the entries of a whole area say; null where they say nothing.</returns>
    public static byte[]? FindFinderInfo(ReadOnlySpan<byte> area)
    {
        area = XaAttributes.Skip(area);
        while (area.Length >= 4)
        {
            if (TryRead(area, out var length, out var finderInfo))
            {
                if (finderInfo is not null)
                {
                    return finderInfo;
                }
            }
            else if ((length = area[2]) < 4 || length > area.Length)
            {
                return null;
            }

            area = area[length..];
        }

        return null;
    }

    /// <returns>What an entry can tell of the Finder's bytes; empty where it is all zeros.</returns>
    public static ReadOnlyMemory<byte> Told(byte[]? finderInfo) =>
        finderInfo is not null && finderInfo.AsSpan().ContainsAnyExcept((byte)0) ? finderInfo.AsMemory(0, FinderInfoUsed) : default;

    private static byte[]? Take(ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count)
        {
            return null;
        }

        var finderInfo = new byte[AppleDouble.FinderInfoLength];
        bytes[..count].CopyTo(finderInfo);
        return finderInfo;
    }
}

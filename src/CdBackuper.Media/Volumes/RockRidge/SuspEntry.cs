using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>A system use entry (SUSP §4.1): two letters, a length, a version, data.</summary>
internal readonly ref struct SuspEntry(ReadOnlySpan<byte> bytes)
{
    public const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>The two letters as one number, the first in the higher byte.</summary>
    public int Signature => (bytes[0] << 8) | bytes[1];

    /// <summary>What follows the header; empty where there is nothing.</summary>
    public ReadOnlySpan<byte> Data => bytes[HeaderLength..];

    public bool Is(ReadOnlySpan<byte> signature) => bytes[..2].SequenceEqual(signature);

    /// <returns>False when no entry begins here: the rest is padding, or its length is impossible.</returns>
    public static bool TryRead(ReadOnlySpan<byte> area, out SuspEntry entry)
    {
        entry = default;
        if (area.Length < HeaderLength || area[2] < HeaderLength || area[2] > area.Length)
        {
            return false;
        }

        entry = new(area[..area[2]]);
        return true;
    }

    /// <returns>What stands behind the XA attributes and the entries of a whole area, which have two capital letters or digits each.</returns>
    public static ReadOnlySpan<byte> SkipAll(ReadOnlySpan<byte> area)
    {
        area = XaAttributes.Skip(area);
        while (TryRead(area, out var entry) && HasLetters(area))
        {
            area = area[entry.bytes.Length..];
        }

        return area;
    }

    /// <returns>True where two capital letters or digits stand first, as in all entries that are known.</returns>
    public static bool HasLetters(ReadOnlySpan<byte> area) => area.Length >= 2 && IsLetter(area[0]) && IsLetter(area[1]);

    private static bool IsLetter(byte letter) => char.IsAsciiLetterUpper((char)letter) || char.IsAsciiDigit((char)letter);
}

using System.Text;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// What <c>blkid</c> calls the UUID of an ISO 9660 volume: its modification, else its creation date as text.
/// </summary>
internal static class VolumeUuid
{
    private const int Digits = 16;

    /// <summary>The digits that a hyphen follows: YYYY-MM-DD-HH-MM-SS-cc.</summary>
    private const string HyphenAfter = "\u0003\u0005\u0007\u0009\u000B\u000D";

    /// <returns>Null where neither date is set, or where it is of blanks or NULs, which identify nothing.</returns>
    public static string? Of(ReadOnlySpan<byte> modification, ReadOnlySpan<byte> creation)
    {
        var date = IsUnset(modification) ? creation : modification;
        if (IsUnset(date) || !date[..Digits].ContainsAnyExcept((byte)' ', (byte)0))
        {
            return null;
        }

        var text = new StringBuilder();
        for (var index = 0; index < Digits && date[index] != 0; index++)
        {
            text.Append((char)date[index]);
            if (HyphenAfter.Contains((char)index, StringComparison.Ordinal))
            {
                text.Append('-');
            }
        }

        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>ECMA-119 §8.4.26.1: a date of sixteen '0' and an offset of 0 is not specified.</summary>
    private static bool IsUnset(ReadOnlySpan<byte> date) =>
        date[Digits] == 0 && !date[..Digits].ContainsAnyExcept((byte)'0');
}

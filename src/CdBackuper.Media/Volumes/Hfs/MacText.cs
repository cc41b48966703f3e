using System.Text;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>Names of HFS: bytes in the Macintosh's own character set, which the volume does not name.</summary>
internal static class MacText
{
    /// <summary>
    /// Mac OS Roman from 0x80 on, as Apple maps it to Unicode (ROMAN.TXT, since Mac OS 8.5 with the euro sign).
    /// </summary>
    private const string UpperHalf =
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü"
        + "†°¢£§•¶ß®©™´¨\u2260ÆØ\u221E±\u2264\u2265¥µ\u2202\u2211\u220Fπ\u222BªºΩæø"
        + "¿¡¬\u221Aƒ\u2248\u2206«»…\u00A0ÀÃÕŒœ\u2013\u2014“”‘’÷\u25CAÿŸ\u2044€\u2039\u203A\uFB01\uFB02"
        + "\u2021·\u201A\u201E\u2030ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

    /// <param name="name">The bytes.</param>
    /// <param name="encoding">Another character set that the caller knows; null for Mac OS Roman.</param>
    /// <returns>
    /// The text, with ':' for '/': on a Macintosh ':' parts a path and '/' is a character like any other.
    /// </returns>
    public static string Decode(ReadOnlySpan<byte> name, Encoding? encoding) =>
        ToPathCharacters(encoding is null ? DecodeRoman(name) : encoding.GetString(name));

    /// <returns>The name with '/' as ':', as Mac OS X and Linux show it.</returns>
    public static string ToPathCharacters(string name) => name.Replace('/', ':');

    private static string DecodeRoman(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[byte.MaxValue];
        for (var index = 0; index < name.Length; index++)
        {
            text[index] = name[index] < 0x80 ? (char)name[index] : UpperHalf[name[index] - 0x80];
        }

        return new(text[..name.Length]);
    }
}

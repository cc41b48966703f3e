using System.Text;

namespace CdBackuper.Media.Volumes.Joliet;

/// <summary>
/// Text of a Joliet tree: UCS-2, big-endian (Joliet specification, "Code Set"). Writers put UTF-16 there too.
/// </summary>
internal static class JolietText
{
    private const int EscapeSequencesAt = 88;
    private const int EscapeSequencesLength = 32;

    private static readonly byte[][] Escapes = ["%/@"u8.ToArray(), "%/C"u8.ToArray(), "%/E"u8.ToArray()];

    /// <returns>True when a supplementary descriptor's escape sequences name UCS-2 level 1, 2 or 3.</returns>
    public static bool IsNamedBy(ReadOnlySpan<byte> descriptor)
    {
        var sequences = descriptor.Slice(EscapeSequencesAt, EscapeSequencesLength);
        foreach (var escape in Escapes)
        {
            if (sequences.IndexOf(escape) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>The text; lone surrogates become U+FFFD. An odd last byte is of no character, and left out.</returns>
    public static string Decode(ReadOnlySpan<byte> bytes, bool isLittleEndian = false) =>
        (isLittleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes.Length > 1 ? bytes[..(bytes.Length & ~1)] : bytes);
}

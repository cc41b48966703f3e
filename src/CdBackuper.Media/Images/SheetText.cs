using System.Text;

namespace CdBackuper.Media.Images;

/// <summary>Decodes the text of a sheet: UTF-8, UTF-16 with its mark, else the Windows code page 1252.</summary>
internal static class SheetText
{
    // Code page 1252, 0x80 to 0x9F; the five bytes without a character stand for themselves.
    private const string From80To9F =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private const char EndOfFile = '\u001A';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>False, with a fatal problem, where the bytes are no text or too many.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, SheetLog log, out string text)
    {
        text = "";
        if (bytes.Length > SheetLimits.MaxBytes)
        {
            log.Fail(0, $"it is longer than {SheetLimits.MaxBytes} bytes: no sheet is");
            return false;
        }

        text = Decode(bytes).TrimEnd('\0', EndOfFile); // programs of DOS times, and copies padded to a sector
        if (text.Contains('\0'))
        {
            log.Fail(0, "it holds NUL characters: it is no text");
            return false;
        }

        return true;
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xFE]))
        {
            return Encoding.Unicode.GetString(bytes[2..]);
        }

        if (bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        }

        try
        {
            return Strict.GetString(bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes);
        }
        catch (DecoderFallbackException)
        {
            // not UTF-8: what Windows programs wrote
            return string.Create(bytes.Length, bytes, static (characters, source) =>
            {
                for (var index = 0; index < source.Length; index++)
                {
                    var value = source[index];
                    characters[index] = value is >= 0x80 and < 0xA0 ? From80To9F[value - 0x80] : (char)value;
                }
            });
        }
    }
}

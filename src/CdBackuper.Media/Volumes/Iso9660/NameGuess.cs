using System.Text;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Tells in which encoding the names of a volume are that are no UTF-8: Shift-JIS, the code page of western DOS, or that of
/// western Windows. docs/decisions/0006 has the reasons.
/// </summary>
internal static class NameGuess
{
    private const int ShiftJisPage = 932;
    private const int DosPage = 850;
    private const int WindowsPage = 1252;

    /// <summary>What DOS has between its letters and Windows does not have at all: à and … share 0x85, quotes and dashes 0x91 to 0x97.</summary>
    private const byte Ellipsis = 0x85;
    private const byte Apostrophe = 0x92;

    /// <summary>Windows-1252: every byte has a character of its own.</summary>
    public static Encoding Default { get; } = Page(WindowsPage);

    public static Encoding ShiftJis { get; } = Page(ShiftJisPage);

    /// <param name="names">Names with bytes above ASCII, none of them valid UTF-8; at least one.</param>
    public static Encoding Of(IReadOnlyList<byte[]> names)
    {
        if (IsShiftJis(names))
        {
            return ShiftJis;
        }

        var (dos, windows) = (0, 0);
        foreach (var name in names)
        {
            if (IsClearlyShiftJis(name))
            {
                continue;
            }

            for (var index = 0; index < name.Length; index++)
            {
                dos += IsDosLetter(name, index) ? 1 : 0;
                windows += IsWindowsLetter(name, index) ? 1 : 0;
            }
        }

        return dos > windows ? Page(DosPage) : Default;
    }

    private static Encoding Page(int page) => CodePagesEncodingProvider.Instance.GetEncoding(page)!;

    /// <returns>
    /// True for a name whose double-byte characters are two or more, all side by side, with kana among them: no western name
    /// looks so.
    /// </returns>
    public static bool IsClearlyShiftJis(ReadOnlySpan<byte> name) =>
        Count(name) is { Pairs: >= 2, Kana: > 0 } count && count.Adjacent == count.Pairs;

    /// <summary>
    /// All names must be valid (JIS X 0208 appendix 1), and double-byte characters must stand beside each other more often
    /// than not, as in Japanese words: of a western name whose accents pass as half of such a character, they stand alone.
    /// </summary>
    private static bool IsShiftJis(IReadOnlyList<byte[]> names)
    {
        var (pairs, adjacent) = (0, 0);
        foreach (var name in names)
        {
            if (Count(name) is not { } count)
            {
                return false;
            }

            pairs += count.Pairs;
            adjacent += count.Adjacent;
        }

        return pairs > 0 && adjacent * 2 > pairs;
    }

    /// <returns>The double-byte characters of a name, those beside another one, and the kana; null where it is no Shift-JIS.</returns>
    private static (int Pairs, int Adjacent, int Kana)? Count(ReadOnlySpan<byte> name)
    {
        var (pairs, adjacent, kana, run) = (0, 0, 0, 0);
        for (var index = 0; index < name.Length; index++)
        {
            if (!IsLead(name[index]))
            {
                if (name[index] is 0x80 or 0xA0 or > 0xDF)
                {
                    return null;
                }

                run = name[index] > 0x80 ? run : 0; // half-width katakana stand beside others
                continue;
            }

            if (++index == name.Length || !IsPair(name[index - 1], name[index]))
            {
                return null;
            }

            pairs++;
            run++;
            adjacent += run switch { 1 => 0, 2 => 2, _ => 1 };
            kana += IsKana(name[index - 1], name[index]) ? 1 : 0;
        }

        return (pairs, adjacent, kana);
    }

    private static bool IsKana(byte lead, byte trail) => lead switch
    {
        0x82 => trail >= 0x9F,
        0x83 => trail <= 0x96,
        _ => false,
    };

    private static bool IsLead(byte value) => value is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xEA) or (>= 0xED and <= 0xEE) or 0xFA or 0xFB;

    /// <summary>The rows of code page 932 that hold characters.</summary>
    private static bool IsPair(byte lead, byte trail) =>
        trail is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC)
        && lead switch
        {
            0x82 => trail is (>= 0x4F and <= 0x58) or (>= 0x60 and <= 0x79) or (>= 0x81 and <= 0x9A) or (>= 0x9F and <= 0xF1),
            0x83 => trail is <= 0x96 or (>= 0x9F and <= 0xB6) or (>= 0xBF and <= 0xD6),
            0x85 or 0x86 => false,
            0x88 => trail >= 0x9F,
            _ => true,
        };

    /// <summary>0x80 to 0x9A and 0xA0 to 0xA5 are the letters of code pages 437 and 850 alike.</summary>
    private static bool IsDosLetter(byte[] name, int index)
    {
        var value = name[index];
        var (before, behind) = (IsLetterAt(name, index - 1), IsLetterAt(name, index + 1));
        return value switch
        {
            Apostrophe => false,
            Ellipsis or (>= 0x91 and <= 0x97) => before && behind,
            (>= 0x80 and <= 0x9A) or (>= 0xA0 and <= 0xA5) => before || behind,
            _ => false,
        };
    }

    /// <summary>The letters of Latin-1; 0xE1 is left out, since it is á here and ß in DOS.</summary>
    private static bool IsWindowsLetter(byte[] name, int index) =>
        name[index] is >= 0xC0 and not (0xD7 or 0xE1 or 0xF7)
        && (IsLetterAt(name, index - 1) || IsLetterAt(name, index + 1) || name.Length <= 2);

    private static bool IsLetterAt(byte[] name, int index) =>
        index >= 0 && index < name.Length && (char.IsAsciiLetter((char)name[index]) || name[index] >= 0x80);
}

using System.Globalization;
using System.Text;

namespace CdBackuper.Media.Rescue;

/// <summary>The text of a ddrescue mapfile (ddrescue manual, "Mapfile structure"; statuses of versions up to 1.27).</summary>
public static class MapfileText
{
    /// <summary>The longest mapfile that is read, in characters: a map of a full DVD with every second sector bad has less.</summary>
    public const int MaxLength = 64 << 20;

    /// <summary>What ddrescue may be doing: copying, trimming, scraping, retrying, filling, generating; finished.</summary>
    private const string CurrentStatuses = "?*/-FG+";

    private static readonly char[] Blanks = [' ', '\t'];

    /// <param name="text">A mapfile, whole.</param>
    /// <param name="map">Its meaning; empty when false is returned.</param>
    /// <param name="problem">One sentence on the first line that is wrong; empty when true is returned.</param>
    /// <returns>
    /// False for a text that is no mapfile, is truncated before its first block line, has blocks that overlap or leave a
    /// gap (ddrescue refuses both), or holds a status that ddrescue 1.27 does not know (1.30 may write '%').
    /// </returns>
    public static bool TryParse(string text, out RescueMap map, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        map = RescueMap.Empty;
        problem = text.Length > MaxLength ? $"it is longer than {MaxLength} characters" : "";
        var blocks = new List<RescueBlock>();
        var sawPosition = false;
        var number = 0;
        foreach (var rawLine in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = rawLine.Trim();
            if (problem.Length > 0 || line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            if (!sawPosition)
            {
                sawPosition = IsPositionLine(line);
                problem = sawPosition ? "" : $"line {number} is not a current-position line";
            }
            else if (!TryParseBlock(line, out var block))
            {
                problem = $"line {number} is not a block line";
            }
            else if (blocks.Count > 0 && block.Range.Start != blocks[^1].Range.End)
            {
                // ddrescue takes neither: "Blocks are not contiguous".
                var how = block.Range.Start < blocks[^1].Range.End ? "overlaps" : "does not follow on";
                problem = $"the block of line {number} {how} the one before it";
            }
            else
            {
                blocks.Add(block);
            }
        }

        if (problem.Length == 0 && blocks.Count == 0)
        {
            problem = "it has no block lines";
        }

        map = problem.Length == 0 ? RescueMap.Of(blocks) : RescueMap.Empty;
        return problem.Length == 0;
    }

    /// <param name="map">What is known; it should speak of every byte from the first on, since ddrescue wants no gaps.</param>
    /// <param name="comments">Lines for people, without number signs.</param>
    /// <returns>The text of a mapfile that ddrescue goes on from, as if a copying pass had just ended.</returns>
    public static string Print(RescueMap map, params IEnumerable<string> comments)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(comments);
        var text = new StringBuilder();
        foreach (var comment in comments)
        {
            text.Append("# ").Append(comment.ReplaceLineEndings(" ")).Append('\n');
        }

        text.Append("# current_pos  current_status  current_pass\n0x00000000     ?               1\n#      pos        size  status\n");
        foreach (var block in map.Blocks)
        {
            text.Append(CultureInfo.InvariantCulture, $"0x{block.Range.Start:X8}  0x{block.Range.Length:X8}  {LetterOf(block.Status)}\n");
        }

        return text.ToString();
    }

    private static char LetterOf(BlockStatus status) => status switch
    {
        BlockStatus.Finished => '+',
        BlockStatus.BadSector => '-',
        BlockStatus.NonScraped => '/',
        BlockStatus.NonTrimmed => '*',
        _ => '?',
    };

    private static bool IsPositionLine(ReadOnlySpan<char> line)
    {
        var fields = line.ToString().Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length is 2 or 3 && TryParseNumber(fields[0], out _) && fields[1].Length == 1
            && CurrentStatuses.Contains(fields[1][0])
            && (fields.Length == 2 || TryParseNumber(fields[2], out _));
    }

    private static bool TryParseBlock(ReadOnlySpan<char> line, out RescueBlock block)
    {
        block = default;
        var fields = line.ToString().Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 3 || fields[2].Length != 1
            || !TryParseNumber(fields[0], out var start) || !TryParseNumber(fields[1], out var length)
            || length == 0 || length > long.MaxValue - start || !TryParseStatus(fields[2][0], out var status))
        {
            return false;
        }

        block = new(new(start, length), status);
        return true;
    }

    private static bool TryParseStatus(char letter, out BlockStatus status)
    {
        status = letter switch
        {
            '+' => BlockStatus.Finished,
            '-' => BlockStatus.BadSector,
            '/' => BlockStatus.NonScraped,
            '*' => BlockStatus.NonTrimmed,
            _ => BlockStatus.NonTried,
        };
        return letter is '+' or '-' or '/' or '*' or '?';
    }

    /// <summary>ddrescue reads decimal, 0x hexadecimal and 0 octal numbers; it writes hexadecimal.</summary>
    private static bool TryParseNumber(string text, out long number) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
                && number >= 0
            : text.Length > 1 && text[0] == '0' ? TryParseOctal(text, out number)
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TryParseOctal(string text, out long number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7' || number > long.MaxValue >> 3)
            {
                return false;
            }

            number = (number << 3) + (digit - '0');
        }

        return true;
    }
}

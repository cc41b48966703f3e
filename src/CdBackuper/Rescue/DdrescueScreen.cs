using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CdBackuper.Jobs;

namespace CdBackuper.Rescue;

/// <summary>Reads ddrescue's screen as it is printed. For display alone: what was rescued is read from the map.</summary>
internal sealed partial class DdrescueScreen
{
    /// <summary>A screen is seven lines of about 75 characters.</summary>
    private const int TailLength = 1400;

    private string tail = "";

    /// <summary>Takes what ddrescue printed and returns what its screen now says; null before the first full screen.</summary>
    public DiscProgress? Take(ReadOnlySpan<byte> printed)
    {
        var text = tail + Encoding.UTF8.GetString(printed);
        tail = text.Length <= TailLength ? text : text[^TailLength..];
        var percent = Last(PercentPattern());
        return percent is null ? null : new(
            DiscStage.Rescuing,
            double.TryParse(percent, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null,
            Last(RatePattern()),
            Last(TimeLeftPattern()) is { } left && left != "n/a" ? left : null,
            int.TryParse(Last(BadAreasPattern()), NumberStyles.None, CultureInfo.InvariantCulture, out var areas) ? areas : null,
            Last(StagePattern()));
    }

    private string? Last(Regex pattern) => pattern.Match(tail) is { Success: true } match ? match.Groups[1].Value.Trim() : null;

    [GeneratedRegex(@"pct rescued:\s*([\d.]+)%", RegexOptions.RightToLeft)]
    private static partial Regex PercentPattern();

    [GeneratedRegex(@"current rate:\s*([\d.]+ ?\w*B/s)", RegexOptions.RightToLeft)]
    private static partial Regex RatePattern();

    [GeneratedRegex(@"remaining time:\s*([\w :]+?|n/a)\s*$", RegexOptions.RightToLeft | RegexOptions.Multiline)]
    private static partial Regex TimeLeftPattern();

    [GeneratedRegex(@"bad areas:\s*(\d+)", RegexOptions.RightToLeft)]
    private static partial Regex BadAreasPattern();

    // It stands behind a carriage return, which is no beginning of a line to a regular expression.
    [GeneratedRegex(@"[\r\n]((?:Copying|Trimming|Scraping|Retrying)[^\r\n\x1b]*)", RegexOptions.RightToLeft)]
    private static partial Regex StagePattern();
}

using System.Globalization;

namespace CdBackuper.Media.Images;

/// <summary>Times of the form minutes:seconds:frames, 75 frames a second, one frame a sector.</summary>
internal static class DiscTime
{
    private const int FramesInSecond = 75;
    private const int MaxMinutes = 9999;

    /// <returns>False for what is no such time. Minutes may be more than 99: files of sound are longer than discs.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long frames)
    {
        frames = 0;
        Span<Range> fields = stackalloc Range[4];
        if (text.Split(fields, ':') != 3
            || !TryParseField(text[fields[0]], MaxMinutes, out var minutes)
            || !TryParseField(text[fields[1]], 59, out var seconds)
            || !TryParseField(text[fields[2]], FramesInSecond - 1, out var rest))
        {
            return false;
        }

        frames = (((minutes * 60L) + seconds) * FramesInSecond) + rest;
        return true;
    }

    private static bool TryParseField(ReadOnlySpan<char> text, int limit, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= limit;
}

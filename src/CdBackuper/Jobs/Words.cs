using System.Globalization;
using System.Text.Json;

namespace CdBackuper.Jobs;

/// <summary>Figures as people read them.</summary>
internal static class Words
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <returns>1.8 MiB, 6 KiB, 512 B.</returns>
    public static string Bytes(long count)
    {
        double figure = count;
        var unit = 0;
        for (; figure >= 1024 && unit < Units.Length - 1; unit++)
        {
            figure /= 1024;
        }

        var digits = unit == 0 || figure >= 100 || Math.Abs(figure - Math.Round(figure)) < 0.05 ? "0" : "0.0";
        return $"{figure.ToString(digits, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <returns>45 s, 3 min 20 s, 1 h 5 min.</returns>
    public static string Duration(TimeSpan time)
    {
        var seconds = Math.Max(0, (long)Math.Round(time.TotalSeconds));
        return seconds < 60 ? $"{seconds} s"
            : seconds < 3600 ? $"{seconds / 60} min {seconds % 60} s"
            : $"{seconds / 3600} h {seconds / 60 % 60} min";
    }

    /// <returns>"1 sector", "14 sectors".</returns>
    public static string Count(long count, string word) => string.Create(CultureInfo.InvariantCulture, $"{count} {word}{(count == 1 ? "" : "s")}");

    /// <returns>The value's name as records, figures and the API have it: driveFailed.</returns>
    public static string Of(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

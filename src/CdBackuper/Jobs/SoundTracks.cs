using CdBackuper.Media.Sectors;

namespace CdBackuper.Jobs;

/// <summary>Says which tracks of a disc are sound.</summary>
internal static class SoundTracks
{
    /// <returns>"Tracks 2 to 12 are sound, which this version does not read."; null where there are none.</returns>
    public static string? Describe(Toc? toc)
    {
        var numbers = toc?.Tracks.Where(track => !track.IsData).Select(track => track.Number).ToArray() ?? [];
        if (numbers.Length == 0)
        {
            return null;
        }

        var runs = new List<string>();
        for (var index = 0; index < numbers.Length;)
        {
            var first = index;
            while (index + 1 < numbers.Length && numbers[index + 1] == numbers[index] + 1)
            {
                index++;
            }

            if (index - first < 2)
            {
                // "2 and 3", not "2 to 3"
                index = first;
            }

            runs.Add(first == index ? $"{numbers[first]}" : $"{numbers[first]} to {numbers[index]}");
            index++;
        }

        var named = runs.Count == 1 ? runs[0] : $"{string.Join(", ", runs.SkipLast(1))} and {runs[^1]}";
        return numbers.Length == 1
            ? $"Track {named} is sound, which this version does not read."
            : $"Tracks {named} are sound, which this version does not read.";
    }
}

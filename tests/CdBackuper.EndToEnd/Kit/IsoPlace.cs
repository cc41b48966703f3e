using System.Globalization;
using System.Text.RegularExpressions;

namespace CdBackuper.EndToEnd.Kit;

/// <summary>Where a name's content lies on an image, as isoinfo tells it.</summary>
internal sealed partial record IsoPlace(long Sector, long Size)
{
    public long SectorCount => (Size + Mapfile.SectorSize - 1) / Mapfile.SectorSize;

    public static IReadOnlyDictionary<string, IsoPlace> ReadFrom(string image)
    {
        var places = new Dictionary<string, IsoPlace>(StringComparer.Ordinal);
        var folder = "";
        foreach (var line in Tool.Output("isoinfo", "-l", "-R", "-i", image).Fields('\n'))
        {
            if (line.StartsWith("Directory listing of /", StringComparison.Ordinal))
            {
                folder = line["Directory listing of /".Length..].Trim();
            }
            else if (Entry().Match(line) is { Success: true } entry && entry.Groups["name"].Value != "..")
            {
                var name = entry.Groups["name"].Value;
                places[name == "." ? folder.TrimEnd('/') : folder + name] =
                    new(Number(entry.Groups["sector"]), Number(entry.Groups["size"]));
            }
        }

        return places;
    }

    private static long Number(Group digits) => long.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s(?<size>\d+) \w{3} +\d+ [ \d:]+ \[ *(?<sector>\d+) [0-9a-f]{2}\] +(?<name>.+?)\s*$")]
    private static partial Regex Entry();
}

using System.Globalization;

namespace CdBackuper.Media.Images.CloneCd;

/// <summary>A section of a file of <c>[name]</c> and <c>key=value</c> lines.</summary>
/// <param name="Name">What stands in the brackets.</param>
/// <param name="Line">Where.</param>
internal sealed record Section(string Name, int Line)
{
    private const int MaxSections = 4096;
    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>A number, decimal or hexadecimal with 0x; null where there is none.</returns>
    public int? Number(string key) => !values.TryGetValue(key, out var text) ? null
        : text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static IReadOnlyList<Section> Read(string text, SheetLog log)
    {
        var sections = new List<Section>();
        var number = 0;
        foreach (var rawLine in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = rawLine.Trim();
            if (line.Length > SheetLimits.MaxLine)
            {
                log.Note(number, $"the line is longer than {SheetLimits.MaxLine} characters and is passed over");
            }
            else if (line.StartsWith("[") && line.EndsWith("]") && sections.Count < MaxSections)
            {
                sections.Add(new(line[1..^1].Trim().ToString(), number));
            }
            else if (sections.Count > 0 && line.IndexOf('=') is > 0 and var equals)
            {
                sections[^1].values[line[..equals].Trim().ToString()] = line[(equals + 1)..].Trim().ToString();
            }
        }

        return sections;
    }
}

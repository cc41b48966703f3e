using System.Globalization;

namespace CdBackuper.Media.Rescue;

/// <summary>Says a pass to people.</summary>
public static class RescueWords
{
    /// <returns>"reading 14 sectors of 3 damaged photographs".</returns>
    public static string Of(RescuePass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return pass switch
        {
            RescuePass.Copy { Aim: RescueAim.Metadata } copy => $"reading folders first, {Sectors(copy.Domain.SectorCount)}",
            RescuePass.Copy { Trims: true } copy => $"looking for what is bad in {Sectors(copy.Domain.SectorCount)} of files that failed together",
            RescuePass.Copy { Aim: RescueAim.Files } copy => $"reading {Sectors(copy.Domain.SectorCount)} of files that were passed over",
            RescuePass.Copy { Aim: RescueAim.Rest } copy => $"reading {Sectors(copy.Domain.SectorCount)} that were passed over, from the end",
            RescuePass.Copy => "reading the disc",
            RescuePass.Scrape scrape => string.Concat(
                scrape.Round > 0 ? "retry " : "",
                scrape.Round > 0 ? scrape.Round.ToString(CultureInfo.InvariantCulture) + ", " : "",
                "reading ",
                Sectors(scrape.Domain.SectorCount),
                WhoseOf(scrape),
                scrape.IsReverse ? ", backwards" : ""),
            RescuePass.ReadHidden hidden => $"reading {Sectors(hidden.Domain.SectorCount)} at the end that the kernel hides",
            RescuePass.Finish finish => finish.Reason,
            _ => "",
        };
    }

    private static string WhoseOf(RescuePass.Scrape scrape) => scrape.Target.Aim switch
    {
        RescueAim.Structures => " of folders and descriptors",
        RescueAim.Files => $" of {FilesOf(scrape.Files, scrape.Target.Worth)}",
        RescueAim.Rest => " that no file owns",
        _ => " that did not read",
    };

    private static string FilesOf(int count, FileWorth worth)
    {
        var word = worth switch
        {
            FileWorth.Photograph => "photograph",
            FileWorth.Document => "document",
            _ => "file",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count} damaged {word}{(count == 1 ? "" : "s")}");
    }

    private static string Sectors(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} sector{(count == 1 ? "" : "s")}");
}

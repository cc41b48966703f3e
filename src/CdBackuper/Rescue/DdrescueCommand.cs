using System.Globalization;
using CdBackuper.Archive.Store;
using CdBackuper.Linux.Processes;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Rescue;

/// <summary>The command line of one ddrescue pass. Long options only: short ones changed their meaning in 1.30.</summary>
internal static class DdrescueCommand
{
    /// <summary>How often ddrescue writes its map, in seconds: so much reading a crash costs at the most.</summary>
    private const int MapfileInterval = 15;

    /// <param name="pass">What it is to do.</param>
    /// <param name="sourcePath">The device or image file.</param>
    /// <param name="folder">Where image and map lie.</param>
    /// <param name="readsDirectly">True when the source can be read past the kernel's cache.</param>
    /// <param name="mapIsLonger">True when the map speaks of more than this drive says the disc has.</param>
    /// <param name="simulatedMapPath">Damage to be simulated; null for none.</param>
    public static ChildCommand For(
        RescuePass pass, string sourcePath, DiscFolder folder, bool readsDirectly, bool mapIsLonger, string? simulatedMapPath)
    {
        List<string> arguments =
        [
            Option("sector-size", Sector.Size),
            Option("mapfile-interval", MapfileInterval),
        ];
        if (pass is RescuePass.Scrape scrape)
        {
            arguments.Add(Option("retry-passes", scrape.Retries));
            if (readsDirectly)
            {
                arguments.Add("--idirect");
            }
        }
        else
        {
            arguments.Add("--no-scrape");
        }

        if (mapIsLonger)
        {
            // Without it ddrescue refuses: "Rescued data in mapfile goes past end of input file".
            arguments.Add("--complete-only");
        }

        if (simulatedMapPath is not null)
        {
            arguments.Add($"--test-mode={simulatedMapPath}");
        }

        return new("ddrescue", [.. arguments, "--", sourcePath, folder.ImagePath, folder.MapPath]);
    }

    private static string Option(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");
}

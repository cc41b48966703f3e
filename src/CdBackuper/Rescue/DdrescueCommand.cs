using System.Globalization;
using CdBackuper.Archive.Store;
using CdBackuper.Linux.Processes;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Rescue;

/// <summary>The command line of one ddrescue pass. Long options only: short ones changed their meaning in 1.30.</summary>
/// <param name="SourcePath">The device or image file.</param>
/// <param name="Folder">Where image and map lie.</param>
internal sealed record DdrescueCommand(string SourcePath, DiscFolder Folder)
{
    /// <summary>How often ddrescue writes its map, in seconds: so much reading a crash costs at the most.</summary>
    private const int MapfileInterval = 15;

    /// <summary>True when the source can be read past the kernel's cache.</summary>
    public bool ReadsDirectly { get; init; }

    /// <summary>True when the map speaks of all that is to be read, perhaps of more than the device now has.</summary>
    public bool IsMapComplete { get; init; }

    /// <summary>The mapfile of what is to be read; null for all of the source.</summary>
    public string? DomainPath { get; init; }

    /// <summary>Damage to be simulated; null for none.</summary>
    public string? SimulatedMapPath { get; init; }

    /// <param name="pass">Copy or Scrape.</param>
    public ChildCommand For(RescuePass pass)
    {
        List<string> arguments =
        [
            Option("sector-size", Sector.Size),
            Option("mapfile-interval", MapfileInterval),
        ];
        if (pass is RescuePass.Scrape scrape)
        {
            AddScraping(arguments, scrape);
        }
        else
        {
            // Passes 1 and 2 go on fast behind what does not read, from both ends; the later ones sweep through it.
            arguments.AddRange(["--cpass=1,2", "--no-trim", "--no-scrape"]);
        }

        if (DomainPath is not null)
        {
            arguments.AddRange([$"--domain-mapfile={DomainPath}", "--loose-domain"]);
        }

        if (IsMapComplete)
        {
            // Where the device is shorter now, ddrescue refuses else: "Rescued data in mapfile goes past end of input file".
            arguments.Add("--complete-only");
        }

        if (SimulatedMapPath is not null)
        {
            arguments.Add($"--test-mode={SimulatedMapPath}");
        }

        return new("ddrescue", [.. arguments, "--", SourcePath, Folder.ImagePath, Folder.RunningMapPath]);
    }

    private void AddScraping(List<string> arguments, RescuePass.Scrape scrape)
    {
        arguments.Add(Option("retry-passes", scrape.Retries));
        if (scrape.IsReverse)
        {
            arguments.Add("--reverse");
        }

        if (ReadsDirectly)
        {
            arguments.Add("--idirect");
        }
    }

    private static string Option(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");
}

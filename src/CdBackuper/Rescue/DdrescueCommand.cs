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

    /// <summary>The name of the image to write by: <see cref="HolderPlace.HoldImage"/>.</summary>
    public required string ImagePath { get; init; }

    /// <summary>True when the source can be read past the kernel's cache.</summary>
    public bool ReadsDirectly { get; init; }

    /// <summary>True when the map knows of more than the device now has.</summary>
    public bool IsMapLonger { get; init; }

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
            Option("cluster-size", RescueNeeds.ReadSectors),
            Option("mapfile-interval", MapfileInterval),
        ];
        if (pass is RescuePass.Scrape scrape)
        {
            AddScraping(arguments, scrape);
        }
        else
        {
            // Pass 1 goes on fast behind what does not read, pass 2 backwards; the later ones sweep through it, where a file needs it.
            arguments.AddRange(pass switch
            {
                RescuePass.Copy { Aim: RescueAim.Files } => [],
                RescuePass.Copy { Aim: RescueAim.Rest } => ["--cpass=2", Option("skip-size", RescuePlan.FirstSkip)],
                _ => ["--cpass=1", Option("skip-size", RescuePlan.FirstSkip)],
            });
            arguments.AddRange(pass is RescuePass.Copy { Trims: true } ? ["--no-scrape"] : ["--no-trim", "--no-scrape"]);
            if (pass is RescuePass.Copy { StopsAtFailure: true })
            {
                arguments.Add(Option("max-read-errors", 0));
            }
        }

        if (ReadsDirectly)
        {
            // Through the cache a large read that fails is made again page by page, and fails once more: seconds each.
            arguments.Add("--idirect");
        }

        if (DomainPath is not null)
        {
            arguments.AddRange([$"--domain-mapfile={DomainPath}", "--loose-domain"]);
        }

        if (IsMapLonger)
        {
            // ddrescue refuses else: "Rescued data in mapfile goes past end of input file".
            arguments.Add("--complete-only");
        }

        if (SimulatedMapPath is not null)
        {
            arguments.Add($"--test-mode={SimulatedMapPath}");
        }

        return new("ddrescue", [.. arguments, "--", SourcePath, ImagePath, Folder.RunningMapPath])
        {
            // When it can't write its map it asks what to do, and asks again for ever where nobody answers. "q" ends it.
            Answer = "q\n",
        };
    }

    private static void AddScraping(List<string> arguments, RescuePass.Scrape scrape)
    {
        arguments.Add(Option("retry-passes", scrape.Retries));
        if (scrape.IsReverse)
        {
            arguments.Add("--reverse");
        }
    }

    private static string Option(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");
}

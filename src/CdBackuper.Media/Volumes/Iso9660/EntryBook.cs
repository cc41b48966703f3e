using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>The entries of a tree as they are found, checked against the disc's end and the limits.</summary>
internal sealed class EntryBook(DiscReader disc, DamageLog damages)
{
    /// <summary>
    /// Where mkisofs and its kin keep directories that lie too deep (RRIP §4.1.5); hidden by some of them.
    /// </summary>
    private static readonly string[] MovedNames = ["rr_moved", ".rr_moved"];

    private readonly List<FileEntry> entries = [];

    public IReadOnlyList<FileEntry> Entries => entries;

    public bool IsFull => entries.Count >= IsoLimits.Entries;

    public FileEntry AddDirectory(FileEntry? parent, EntryFacts facts)
    {
        var entry = new FileEntry
        {
            Parent = parent,
            Name = facts.Name,
            RawName = facts.RawName,
            Kind = EntryKind.Directory,
            Modified = facts.Modified,
            Mode = facts.Mode,
        };
        entries.Add(entry);
        return entry;
    }

    public void AddFile(FileParts file)
    {
        var entry = file.ToEntry();
        entries.Add(entry);
        if (file.IsOpen)
        {
            damages.Add(
                DamageIds.IsoSectionMissing,
                file.SectorNumber,
                $"The file {DamageLog.Quote(entry.Name)} has more sections than were found: its end is missing.");
        }

        if (file.IsOverLimit)
        {
            damages.Add(
                DamageIds.LimitReached,
                file.SectorNumber,
                $"The file {DamageLog.Quote(entry.Name)} has too many parts.");
        }

        if (entry.Extents!.Any(extent => extent.Start + extent.Length > disc.LengthBytes))
        {
            var sector = entry.Extents![0].Start / Sector.Size;
            damages.Add(
                DamageIds.ExtentPastEnd,
                sector,
                $"The file {DamageLog.Quote(entry.Name)} goes past the end of the disc.");
        }
    }

    /// <summary>
    /// Takes away folders that only held directories that belong elsewhere; what the disc itself has there stays.
    /// </summary>
    public void RemoveEmptied(IEnumerable<FileEntry> holders)
    {
        var moved = holders
            .Where(entry => entry.Parent is null && MovedNames.Contains(entry.Name, StringComparer.OrdinalIgnoreCase))
            .ToHashSet();
        if (moved.Count > 0)
        {
            moved.ExceptWith(entries.Select(entry => entry.Parent).OfType<FileEntry>());
            entries.RemoveAll(moved.Contains);
        }
    }
}

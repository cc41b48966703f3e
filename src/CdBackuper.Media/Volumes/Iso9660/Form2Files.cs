using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Finds the files whose sectors are of Mode 2 Form 2, and gives them extents that say so. The directory counts 2048 bytes a sector
/// whatever its form (CD-ROM XA §II.7). Where the sectors tell their form, they are believed; else the directory record.
/// </summary>
internal sealed class Form2Files(DiscReader disc, DamageLog damages)
{
    /// <summary>Runs of all such files together: more than a CD has sectors, twice.</summary>
    private const int MaxRuns = 1_000_000;

    /// <summary>A drive may take seconds to refuse such a sector.</summary>
    private const int MaxVainReads = 16;

    private readonly byte[] sectorBytes = new byte[Sector.Size];
    private int runsLeft = MaxRuns;
    private int vainReads;
    private long readsLeft = disc.LengthBytes / Sector.Size;

    /// <param name="entries">As the directories have them.</param>
    /// <returns>The same, those of Form 2 with their true length and place.</returns>
    public IReadOnlyList<FileEntry> Lay(List<FileEntry> entries)
    {
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = entries[index];
            if (entry is { Kind: EntryKind.File, Extents: [var first, ..] } && IsSuspect(entry, first) && entry.Extents.All(IsOfWholeSectors))
            {
                entries[index] = Lay(entry);
            }
        }

        return entries;
    }

    private bool IsSuspect(FileEntry entry, Extent first) =>
        entry.XaForm != XaForm.Plain || disc.Form2?.IsForm2(first.Start / Sector.Size) == true;

    private static bool IsOfWholeSectors(Extent extent) =>
        extent is { IsStored: true, IsCoded: false } && extent.Start % Sector.Size == 0;

    private FileEntry Lay(FileEntry entry)
    {
        var isForm2 = disc.Form2 is not null || !HasPlainEnds(entry);
        var runs = isForm2 && entry.Preamble.IsEmpty ? Split(entry) : null;
        if (runs is null || !runs.Exists(run => run.IsForm2))
        {
            Note(entry, "of which only 2048 were kept here");
            return entry;
        }

        if (disc.Form2 is null)
        {
            Note(entry, "which must be read raw");
        }

        var size = Extent.TotalLength(runs);
        return entry with { Extents = runs, Size = size, StatedSize = size == entry.Size ? null : entry.Size };
    }

    private void Note(FileEntry entry, string what)
    {
        if (entry.XaForm != XaForm.Plain)
        {
            damages.Add(
                DamageIds.IsoXaForm2,
                entry.Extents![0].Start / Sector.Size,
                $"The file {DamageLog.Quote(entry.Name)} is said to have sectors of 2324 bytes (Form 2), {what}.");
        }
    }

    /// <summary>A source that knows no forms gives such a sector as 2048 bytes, cut, or not at all.</summary>
    private bool HasPlainEnds(FileEntry entry)
    {
        foreach (var extent in (Extent[])[entry.Extents![0], entry.Extents[^1]])
        {
            if (vainReads >= MaxVainReads)
            {
                return false;
            }

            if (disc.ReadSector(extent.Start / Sector.Size) is not null || disc.ReadSector((extent.Stored.End - 1) / Sector.Size) is not null)
            {
                return true;
            }

            vainReads++;
        }

        return false;
    }

    /// <returns>The file's sectors by form; null where they are too many runs.</returns>
    private List<Extent>? Split(FileEntry entry)
    {
        var known = disc.Form2?.FindForm2() ?? ByteSet.Empty;
        var runs = new List<Extent>();

        // What can't be read is of the form of what stands before it.
        var isForm2 = entry.XaForm == XaForm.Form2 || disc.Form2?.IsForm2(entry.Extents![0].Start / Sector.Size) == true;
        foreach (var extent in entry.Extents!)
        {
            var whole = ByteRange.OfSectors(extent.Start / Sector.Size, Sector.Count(extent.Length));
            foreach (var part in known.Within(whole).Concat(known.Missing(whole)).OrderBy(part => part.Start))
            {
                var isKnown = known.Contains(part);
                for (var at = part.Start; at < part.End && runs.Count <= runsLeft;)
                {
                    var isEnough = isKnown || at >= disc.LengthBytes || readsLeft <= 0;
                    isForm2 = isKnown || (isForm2 && (isEnough || !IsPlain(at / Sector.Size)));
                    var next = isEnough || !isForm2 ? part.End : at + Sector.Size;
                    Add(runs, isForm2
                        ? Extent.OfForm2(at / Sector.Size, (next - at) / Sector.Size)
                        : new(at, Math.Min(next, extent.Start + extent.Length) - at));
                    at = next;
                }
            }
        }

        runsLeft -= Math.Min(runsLeft, runs.Count);
        return runsLeft == 0 ? null : runs;
    }

    private bool IsPlain(long sector)
    {
        readsLeft--;
        return disc.Form2 is not null && disc.TryRead(sector, sectorBytes);
    }

    private static void Add(List<Extent> runs, Extent run)
    {
        if (runs is [.., var last] && last.IsForm2 == run.IsForm2 && last.Stored.End == run.Start)
        {
            runs[^1] = last with { Length = last.Length + run.Length };
        }
        else
        {
            runs.Add(run);
        }
    }
}

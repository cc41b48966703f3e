using System.Diagnostics.CodeAnalysis;
using CdBackuper.Archive.Format;
using CdBackuper.Archive.Store;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Jobs;

/// <summary>A disc's folder that was made by the predecessor script: no evidence, no listing, no hashes.</summary>
internal static class PredecessorFolder
{
    /// <summary>How a disc stands that was only taken over.</summary>
    public const string UnverifiedMessage = "Archived by the predecessor; its files were not yet compared with the disc.";

    private const string KeptWord = "predecessor";

    /// <summary>How many parts of files are compared with the disc.</summary>
    private const int Parts = 64;

    /// <summary>As long as a sector.</summary>
    private const int PartBytes = 2048;

    /// <returns>How the disc stands: where a predecessor made the folder, its success is its own word alone.</returns>
    [return: NotNullIfNotNull(nameof(status))]
    public static DiscStatus? Weigh(DiscStatus? status) => status is not { Number: "" } ? status : status with
    {
        Status = StatusWords.Partial,
        Condition = DiscCondition.Damaged,
        Message = UnverifiedMessage,
        Next = "Put the disc in again.",
    };

    /// <returns>True where the folder is a disc's and has no evidence of this program.</returns>
    public static bool IsOne(DiscFolder folder) => !File.Exists(folder.IdentityPath) && folder.LooksLikeDisc;

    /// <returns>True where a predecessor made the folder, though it has evidence of this program by now.</returns>
    public static bool WasOne(DiscFolder folder) => Directory.EnumerateFiles(folder.Path, $"{Path.GetFileName(folder.StatusPath)}.{KeptWord}-*").Any();

    /// <summary>
    /// A predecessor filled holes from any disc of the same UUID, so that what its map calls read may be another disc's. The map is kept aside,
    /// and the whole disc read anew over the image.
    /// </summary>
    /// <returns>What was done, for the log; null where there is no map, or no image.</returns>
    public static string? PutMapAside(DiscFolder folder, DateTimeOffset now) =>
        File.Exists(folder.ImagePath) && folder.SetAside(folder.MapPath, KeptWord, now) is { } aside
            ? $"{folder.Name} has an image of the predecessor's: its map is kept as {Path.GetFileName(aside)}, and the disc is read anew to compare"
            : null;

    /// <summary>Keeps what the predecessor's tools said of the disc beside what ours will say.</summary>
    public static void KeepDumps(DiscFolder folder, DateTimeOffset now)
    {
        foreach (var dump in new[] { folder.BlkidPath, folder.IsoinfoPath }.Where(File.Exists))
        {
            folder.Root.Files.KeepCopy(dump, KeptWord, now);
        }
    }

    /// <summary>
    /// What the disc does not give any more the predecessor may have read: the image still has it, where it was not read over. Zeros are as
    /// likely holes, and are left out.
    /// </summary>
    public static void TakeUpMap(DiscFolder folder, CancellationToken cancellationToken)
    {
        foreach (var path in Directory.GetFiles(folder.Path, $"{Path.GetFileName(folder.MapPath)}.{KeptWord}-*"))
        {
            using var image = RescuedImage.TryOpen(folder);
            if (image is null || !RescuedImage.TryLoadMap(path, out var old, out _))
            {
                continue;
            }

            var buffer = new byte[Sector.Size];
            var held = new List<ByteRange>();
            foreach (var run in old.Finished.Except(image.Map.Finished))
            {
                for (var sector = Sector.Count(run.Start); (sector + 1) * Sector.Size <= run.End; sector++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (image.TryReadStored(sector, buffer) && !Sector.IsBlank(buffer))
                    {
                        held.Add(ByteRange.OfSectors(sector, 1));
                    }
                }
            }

            if (held.Count > 0)
            {
                folder.Write(folder.MapPath, MapfileText.Print(image.Map.With(image.Map.End, ByteSet.Of(held), ByteSet.Empty)));
            }
        }
    }

    /// <summary>Keeps a predecessor's status beside the one that takes its place.</summary>
    /// <returns>What was done, for the log; null where the status is this program's, or there is none.</returns>
    public static string? KeepStatus(DiscFolder folder, DateTimeOffset now)
    {
        if (folder.LoadStatus() is not { Number: "" })
        {
            return null;
        }

        var kept = folder.Root.Files.KeepCopy(folder.StatusPath, KeptWord, now);
        return $"{folder.Name} was made by the predecessor; its status is kept as {Path.GetFileName(kept)}, and every file is compared with the disc";
    }

    /// <returns>What the folder's name and dumps say of its disc; null where it is no disc's folder.</returns>
    public static DiscEvidence? EvidenceOf(DiscFolder folder)
    {
        if (!folder.LooksLikeDisc)
        {
            return null;
        }

        var stem = folder.Name.Split('_')[0];
        var status = folder.LoadStatus();
        return new() { Uuid = status?.Uuid is { Length: > 0 } uuid ? uuid : stem.Length > 0 ? stem : null };
    }

    /// <summary>
    /// Compares parts of the files that lie in the folder with the files of the same name on the disc. What is blank in the archive, where the
    /// predecessor left holes, says nothing.
    /// </summary>
    public static SectorTally CompareFiles(DiscFolder folder, SeenDisc seen)
    {
        if (!Directory.Exists(folder.FilesPath) || VolumeReader.Read(seen.Probe, seen.Options) is not { } volume)
        {
            return default;
        }

        // Sectors of Form 2 are no part of what is looked at while a disc is identified.
        var known = ArchivedParts.Find(folder, volume, out var strangers)
            .Where(part => !part.Entry.Extents!.Any(extent => extent.IsForm2)).ToArray();
        var (agreeing, differing, unreadable) = (0, 0, 0);
        var compared = new HashSet<(string, long)>();
        for (var index = 0; index < Parts && known.Length > 0; index++)
        {
            var (entry, path, length) = known[(int)((long)index * known.Length / Parts)];
            var start = length <= PartBytes ? 0 : (length - PartBytes) * index / Parts / PartBytes * PartBytes;
            if (!compared.Add((path, start)))
            {
                continue;
            }

            var (mine, theirs) = (new byte[Math.Min(PartBytes, length)], new byte[Math.Min(PartBytes, length)]);
            if (!ArchivedParts.TryRead(path, start, mine) || !TellingSector.IsTelling(mine))
            {
                continue;
            }

            var isRead = new FileContent(seen.Probe, entry).TryRead(start, theirs);
            unreadable += isRead ? 0 : 1;
            agreeing += isRead && mine.AsSpan().SequenceEqual(theirs) ? 1 : 0;
            differing += isRead && !mine.AsSpan().SequenceEqual(theirs) ? 1 : 0;
        }

        // What the disc has nothing like counts as much as what it has: discs of a series share their programs. Not where it may have more
        // names than were read.
        strangers = volume.IsIncomplete ? 0 : strangers;
        var total = known.Length + strangers;
        return new(agreeing, differing + (total == 0 ? 0 : strangers * Math.Max(1, Parts / total)), unreadable);
    }
}

using CdBackuper.Archive.Store;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Jobs;

/// <summary>A disc's folder that was made by the predecessor script: no evidence, no listing, no hashes.</summary>
internal static class PredecessorFolder
{
    /// <summary>How a disc stands that was only taken over.</summary>
    public const string UnverifiedMessage = "Archived by the predecessor; its files were not yet compared with the disc.";

    /// <summary>How many parts of files are compared with the disc.</summary>
    private const int Parts = 64;

    /// <summary>As long as a sector.</summary>
    private const int PartBytes = 2048;

    /// <returns>True where the folder is a disc's and has no evidence of this program.</returns>
    public static bool IsOne(DiscFolder folder) => !File.Exists(folder.IdentityPath) && folder.LooksLikeDisc;

    /// <summary>Keeps a predecessor's status beside the one that takes its place.</summary>
    /// <returns>What was done, for the log; null where the status is this program's, or there is none.</returns>
    public static string? KeepStatus(DiscFolder folder, DateTimeOffset now)
    {
        if (folder.LoadStatus() is not { Number: "" })
        {
            return null;
        }

        var kept = folder.Root.Files.KeepCopy(folder.StatusPath, "predecessor", now);
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

        var known = ArchivedParts.Find(folder, volume);
        var (agreeing, differing, unreadable) = (0, 0, 0);
        var compared = new HashSet<(string, long)>();
        for (var index = 0; index < Parts && known.Count > 0; index++)
        {
            var (entry, path, length) = known[(int)((long)index * known.Count / Parts)];
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

        return new(agreeing, differing, unreadable);
    }
}

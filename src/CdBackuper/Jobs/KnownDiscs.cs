using CdBackuper.Archive.Store;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Jobs;

/// <summary>Finds the disc in the drive among those that the archive has, by reading sectors of it again.</summary>
internal sealed class KnownDiscs(ArchiveRoot archive)
{
    /// <summary>How many discs are compared with the one in the drive; each costs it up to 32 seeks.</summary>
    private const int MaxCompared = 8;

    /// <param name="seen">What was seen of the disc in the drive.</param>
    /// <param name="disc">The disc in the drive.</param>
    /// <param name="lookalikes">The folders whose disc shares an identifier with this one and is another, or can't be told from it.</param>
    /// <returns>The folder of the same disc; null where it is new, or too little could be compared.</returns>
    public DiscFolder? Find(DiscEvidence seen, ISectorSource disc, out IReadOnlyList<string> lookalikes)
    {
        var others = new List<string>();
        lookalikes = others;
        var candidates = archive.Discs()
            .Select(folder => (Folder: folder, Known: folder.LoadEvidence() ?? OfPredecessor(folder)))
            .Where(candidate => seen.MayBe(candidate.Known))
            .OrderByDescending(candidate => seen.Uuid is not null && seen.Uuid == candidate.Known.Uuid)
            .Take(MaxCompared);
        foreach (var (folder, known) in candidates)
        {
            var sameness = Fingerprint.Compare(disc, known.Anchors, SamplesOf(folder, known));
            if (sameness == Sameness.Same)
            {
                return folder;
            }

            if (seen.Uuid is not null && seen.Uuid == known.Uuid)
            {
                others.Add(folder.Name);
            }
        }

        return null;
    }

    /// <summary>A folder without evidence, made by the predecessor: its name begins with the UUID.</summary>
    private static DiscEvidence OfPredecessor(DiscFolder folder) =>
        new() { Uuid = folder.Name.Split('_')[0] is { Length: > 0 } stem ? stem : null };

    /// <summary>
    /// From the image where it is there and belongs to its map, since that is what would be gone on with; else those of
    /// the record.
    /// </summary>
    private static IReadOnlyList<SectorProof> SamplesOf(DiscFolder folder, DiscEvidence known)
    {
        using var image = RescuedImage.TryOpen(folder);
        return image is null || image.Read.IsEmpty || !image.IsTrusted(known)
            ? known.Samples
            : Fingerprint.TakeSamples(image, image.Read, Fingerprint.ComparedCount);
    }
}

using System.Security.Cryptography;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;
using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Identity;

/// <summary>Finds a disc's sessions of ISO 9660 and what each calls its own. Reads some sectors of each, no directories but the roots.</summary>
public static class SessionSurvey
{
    /// <summary>Of a longer root directory the rest is not needed as evidence.</summary>
    private const int MaxRootSectors = 16;

    /// <param name="source">The disc or image.</param>
    /// <param name="trackStarts">The first sectors of its data tracks; empty where there is no table of contents.</param>
    /// <returns>
    /// The sessions in order of their start, where descriptors could be read. On a medium that was overwritten, the newest
    /// session's descriptors stand at the disc's head too, and make an entry of their own.
    /// </returns>
    public static IReadOnlyList<SessionProof> Take(ISectorSource source, IReadOnlyList<long> trackStarts)
    {
        ArgumentNullException.ThrowIfNull(source);
        var disc = new DiscReader(source);
        var starts = new SessionSearch(disc).Find(new() { TrackStarts = trackStarts.Count == 0 ? [0] : trackStarts, IsDrive = true }).Prepend(0);
        return [.. starts.Distinct().Order().Select(start => Prove(disc, source, start)).OfType<SessionProof>()];
    }

    private static SessionProof? Prove(DiscReader disc, ISectorSource source, long start)
    {
        var sector = start + DescriptorSet.FirstSector;
        if (disc.ReadSector(sector) is not { } bytes || !VolumeDescriptor.IsPrimary(bytes))
        {
            return null;
        }

        var volume = new VolumeDescriptor(bytes, sector);
        var sectors = Sector.Count(volume.LengthBytes);
        if (volume.Root is not { } root)
        {
            return new(start, sectors, RootSector: null, RootSha256: null, 0);
        }

        var count = (int)Math.Min(MaxRootSectors, Sector.Count(root.Length));
        var first = root.Start / Sector.Size;
        return new(start, sectors, first, Hash(source, first, count), count);
    }

    /// <returns>The SHA-256 of sectors, lower-case hexadecimal; null where one of them can't be read.</returns>
    internal static string? Hash(ISectorSource source, long first, int count)
    {
        var bytes = new byte[count * Sector.Size];
        return count > 0 && first + count <= source.SectorCount && source.TryRead(first, bytes)
            ? Convert.ToHexStringLower(SHA256.HashData(bytes))
            : null;
    }
}

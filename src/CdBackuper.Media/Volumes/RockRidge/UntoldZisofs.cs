using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>
/// Compressed files of which no record says so: only Rock Ridge has an entry for it, and they are named by another tree, since theirs is lost or
/// hides them. A file's own header says all of it once more.
/// </summary>
internal static class UntoldZisofs
{
    /// <param name="disc">The disc.</param>
    /// <param name="entries">What another tree names.</param>
    /// <param name="structures">Takes headers and tables.</param>
    /// <returns>The entries, those that are compressed with the content that they decode to.</returns>
    public static List<FileEntry> Decode(DiscReader disc, IReadOnlyList<FileEntry> entries, List<ByteRange> structures)
    {
        var zisofs = new ZisofsMap(disc);
        return [.. entries.Select(entry => ClaimOf(disc, entry) is { } claim && zisofs.Find(claim, entry.Extents!, structures) is { } content
            ? entry with { Size = claim.Size, Extents = content, Encoded = entry.Extents }
            : entry)];
    }

    private static ZisofsClaim? ClaimOf(DiscReader disc, FileEntry entry) =>
        entry is { Kind: EntryKind.File, Preamble.IsEmpty: true, Extents: [{ IsStored: true, IsCoded: false } first, ..] }
        && first.Start % Sector.Size == 0
        && disc.ReadSector(first.Start / Sector.Size) is { } bytes
            ? ZisofsClaim.ReadHeader(bytes.AsSpan(0, (int)Math.Min(bytes.Length, first.Length)))
            : null;
}

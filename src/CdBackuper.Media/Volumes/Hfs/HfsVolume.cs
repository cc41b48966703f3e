using System.Text;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>Reads a volume of HFS (Inside Macintosh: Files, chapter 2).</summary>
internal static class HfsVolume
{
    /// <summary>The numbers of the special files (2-70).</summary>
    private const uint OverflowFile = 3;
    private const uint CatalogFile = 4;

    /// <param name="disc">The disc.</param>
    /// <param name="place">Where the volume lies.</param>
    /// <param name="block">Its master directory block, or the copy.</param>
    /// <param name="encoding">The names' character set; null for Mac OS Roman.</param>
    /// <param name="damages">What was found wrong so far; gets more.</param>
    public static Volume Read(
        DiscReader disc, VolumePlace place, MasterDirectoryBlock block, Encoding? encoding, DamageLog damages)
    {
        var overflow = new ExtentsOverflow();
        var forks = new ForkBuilder(disc, block.Grid, overflow);
        var window = new SectorWindow(disc);
        var structures = new List<ByteRange>(place.Structures) { block.Place };
        Span<BlockRun> runs = stackalloc BlockRun[MasterDirectoryBlock.RunsOfRecord];

        block.CopyOverflowRuns(runs);
        var built = forks.Build(runs, block.OverflowBytes, OverflowFile, ForkKind.Content);
        if (built.Extents is { Length: > 0 } extents)
        {
            var tree = new BTree(new(window, extents), new HfsOverflowLeaves(overflow), damages);
            tree.Read();
            structures.AddRange(tree.Structures);
        }

        block.CopyCatalogRuns(runs);
        built = forks.Build(runs, block.CatalogBytes, CatalogFile, ForkKind.Content);
        var content = new CatalogContent();
        var fork = new ForkReader(window, built.Extents ?? []);
        var catalog = new Catalog(fork, content, new HfsCatalogLeaves(content, forks), damages);
        structures.AddRange(catalog.Structures);

        var names = new MacNames(encoding, content.Items);
        var book = new MacEntryBook(disc, names.Decode, damages);
        catalog.List(new ItemRule(book), book, damages);
        var rawName = block.RawName.IsEmpty ? NameOf(content) : block.RawName.ToArray();
        return new()
        {
            Format = "HFS",
            Kind = FileSystemKind.Hfs,
            SessionStart = place.SessionStart,
            VolumeName = rawName is { Length: > 0 } ? names.Decode(rawName, default) : null,
            Uuid = MacVolumeUuid.Of(block.FinderBytes),
            Creators = [],
            Identifiers = names.Guess is { } guess ? new Dictionary<string, string> { ["name encoding"] = guess } : [],
            Created = block.Created,
            Modified = block.Modified,
            LengthBytes = block.End,
            Entries = book.Entries,
            Structures = ByteSet.Of(structures),
            IsIncomplete = catalog.IsIncomplete || catalog.IsLost,
            Damages = damages.ToList(),
        };
    }

    /// <summary>A volume is called as its root folder is: so where the block is lost that says it too.</summary>
    private static byte[]? NameOf(CatalogContent content) =>
        content.Items.Find(item => item is { IsFolder: true, Id: CatalogContent.RootId, ParentId: CatalogContent.RootParentId })?.RawName;
}

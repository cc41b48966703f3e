using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// Finds the virtual allocation table of a disc that is written once. Its entry is in the last sector that was recorded
/// (UDF 1.50 §2.2.10), but a drive may count sectors behind it, and the last one may be lost.
/// </summary>
internal sealed class VatSearch
{
    private readonly UdfDisc disc;
    private readonly PlainPartition partition;
    private readonly ushort index;
    private readonly IcbReader icbs;
    private readonly ContentReader contents;

    /// <summary>
    /// Blocks of entries by the virtual block they say they are, from behind: the newest copy of each. Where no table
    /// is
    /// left that tells of them, they tell themselves.
    /// </summary>
    private readonly Dictionary<uint, uint> newest = [];

    private readonly HashSet<uint> unmoved = [];

    private bool isSessionBehind;

    /// <param name="disc">The disc.</param>
    /// <param name="partition">The partition below.</param>
    /// <param name="index">The partition's index.</param>
    /// <param name="contents">Reads files inside that partition.</param>
    /// <param name="icbs">Reads entries inside that partition.</param>
    public VatSearch(UdfDisc disc, PlainPartition partition, ushort index, ContentReader contents, IcbReader icbs)
    {
        this.disc = disc;
        this.partition = partition;
        this.index = index;
        this.contents = contents;
        this.icbs = icbs;
    }

    /// <summary>True where names are or may be missing: the table is an earlier one, or was put together.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>
    /// The first byte behind the table's entry, where the recorded part of the disc ends; 0 where there is no table.
    /// </summary>
    public long EndPosition { get; private set; }

    /// <param name="end">The sector of 2048 bytes behind the last one.</param>
    /// <returns>Where each virtual block lies; empty where nothing is known of any.</returns>
    public uint[] Find(long end)
    {
        var first = Math.Max(0, partition.Start / Sector.Size);
        foreach (var (sector, bytes) in BackwardScan.Run(disc.Reader, first, end))
        {
            for (var offset = Sector.Size - Math.Min(disc.BlockSize, Sector.Size); offset >= 0; offset -= disc.BlockSize)
            {
                if (Take(bytes.AsSpan(offset), (sector * Sector.Size) + offset) is { } table)
                {
                    return Complete(table);
                }
            }
        }

        AddLast(newest, unmoved);

        if (newest.Count > 0)
        {
            IsIncomplete = true;
            disc.Damages.Add(
                DamageIds.UdfVatRebuilt,
                null,
                "No virtual allocation table was found: it was put together from what each entry says of itself.");
        }

        return Merge([]);
    }

    /// <returns>
    /// Of each virtual block the newest copy that says so itself, wherever it lies. Reads the whole recorded part.
    /// </returns>
    /// <param name="end">The sector of 2048 bytes behind the last one.</param>
    public IReadOnlyDictionary<uint, uint> FindAll(long end)
    {
        var all = new Dictionary<uint, uint>();
        var inPlace = new HashSet<uint>();
        foreach (var (sector, bytes) in BackwardScan.Run(disc.Reader, Math.Max(0, partition.Start / Sector.Size), end))
        {
            for (var offset = Sector.Size - Math.Min(disc.BlockSize, Sector.Size); offset >= 0; offset -= disc.BlockSize)
            {
                Collect(bytes.AsSpan(offset), BlockAt((sector * Sector.Size) + offset), all, inPlace);
            }
        }

        AddLast(all, inPlace);
        return all;
    }

    /// <returns>The table whose entry the block is; null for every other block.</returns>
    private VirtualTable? Take(ReadOnlySpan<byte> bytes, long position)
    {
        var block = BlockAt(position);
        var tag = DescriptorTag.Read(bytes[..Math.Min(bytes.Length, disc.BlockSize)]);
        var isEntry = IsEntry(tag);
        if (isEntry && CouldBeTable(bytes) && TryRead(block) is { } table)
        {
            if (isSessionBehind)
            {
                IsIncomplete = true;
                disc.Damages.Add(
                    DamageIds.UdfVatEarlier,
                    UdfDisc.SectorOf(position),
                    "The disc was written on behind its last virtual allocation table that can be read: "
                    + "what came later was found by what each entry says of itself.");
            }

            EndPosition = position + disc.BlockSize;
            return table;
        }

        Collect(bytes, block, newest, unmoved);
        // A session has entries, of its files or at least of its table; other bytes may be what a drive made up.
        isSessionBehind |= tag is { IsChecksumRight: true, Id: >= TagId.FileSet and <= TagId.ExtendedFileEntry };
        return null;
    }

    private uint BlockAt(long position) => (uint)((position - partition.Start) / disc.BlockSize);

    private static bool IsEntry(DescriptorTag tag) => tag is
    { Id: TagId.FileEntry or TagId.ExtendedFileEntry, IsChecksumRight: true, IsCrcRight: true, HasCrc: true };

    /// <summary>What says that it lies where it does is mostly no part of the virtual partition, but may be: the last to be thought of.</summary>
    private static void AddLast(Dictionary<uint, uint> blocks, HashSet<uint> inPlace)
    {
        foreach (var block in inPlace)
        {
            blocks.TryAdd(block, block);
        }
    }

    private void Collect(ReadOnlySpan<byte> bytes, uint block, Dictionary<uint, uint> into, HashSet<uint> inPlace)
    {
        var tag = DescriptorTag.Read(bytes[..Math.Min(bytes.Length, disc.BlockSize)]);
        var isOfPartition = IsEntry(tag) || tag is
        {
            Id: TagId.FileSet or TagId.IndirectEntry or TagId.TerminalEntry,
            IsChecksumRight: true, IsCrcRight: true, HasCrc: true,
        };
        if (isOfPartition && tag.Location == block && block < UdfLimits.VirtualBlocks)
        {
            inPlace.Add(block);
        }
        else if (isOfPartition && tag.Location < UdfLimits.VirtualBlocks)
        {
            into.TryAdd(tag.Location, block);
        }
    }

    private static bool CouldBeTable(ReadOnlySpan<byte> bytes) =>
        (UdfFileType)bytes[27] is UdfFileType.VirtualAllocationTable or UdfFileType.Unspecified;

    private VirtualTable? TryRead(uint block) =>
        icbs.Read(new(index, block), "The entry of the virtual allocation table") is { } record
            ? VirtualTable.TryRead(contents, record)
            : null;

    /// <summary>
    /// What the table itself has lost is asked of those before it, which tell the same of most blocks.
    /// </summary>
    private uint[] Complete(VirtualTable table)
    {
        var entries = table.Entries;
        var lost = table.Lost;
        var seen = new HashSet<uint>();
        for (var previous = table.Previous; !lost.IsEmpty && previous is { } block && seen.Add(block);)
        {
            var older = seen.Count <= UdfLimits.VatGenerations ? TryRead(block) : null;
            if (older is null)
            {
                break;
            }

            entries = Fill(entries, lost, older);
            lost = lost.Intersect(older.Lost.Union(ByteSet.Of(new ByteRange(older.Entries.Length, int.MaxValue))));
            previous = older.Previous;
        }

        if (!table.Lost.IsEmpty)
        {
            IsIncomplete = true;
            disc.Damages.Add(
                DamageIds.UdfVatEarlier,
                UdfDisc.SectorOf(EndPosition - disc.BlockSize),
                "A part of the virtual allocation table is lost: what it told was taken from earlier tables.");
        }

        return Merge(entries);
    }

    private static uint[] Fill(uint[] entries, ByteSet lost, VirtualTable older)
    {
        var filled = new uint[Math.Max(entries.Length, (int)Math.Min(lost.End, older.Entries.Length))];
        Array.Fill(filled, VirtualPartition.Unused);
        entries.CopyTo(filled, 0);
        foreach (var range in lost)
        {
            for (var at = range.Start; at < Math.Min(range.End, older.Entries.Length); at++)
            {
                filled[at] = older.Lost.Contains(new(at, 1)) ? VirtualPartition.Unused : older.Entries[at];
            }
        }

        return filled;
    }

    private uint[] Merge(uint[] entries)
    {
        if (newest.Count == 0)
        {
            return entries;
        }

        var merged = new uint[Math.Max(entries.Length, newest.Keys.Max() + 1)];
        Array.Fill(merged, VirtualPartition.Unused);
        entries.CopyTo(merged, 0);
        foreach (var (virtualBlock, block) in newest)
        {
            merged[virtualBlock] = block;
        }

        return merged;
    }
}

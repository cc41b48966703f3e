namespace CdBackuper.Tests.Volumes.Udf.Making;

/// <summary>
/// Writes UDF discs from the standard's text, among them those that no public tool writes. What is written again with
/// <see cref="WriteSession"/> on a disc of virtual partitions is appended, as a burner does.
/// </summary>
internal sealed class UdfDiscMaker
{
    public const int MainSequence = 96;
    public const int ReserveSequence = 128;
    public const int IntegritySector = 160;
    public const int FirstSparingTable = 176;
    public const int SecondSparingTable = 180;
    public const int SpareSector = 192;
    public const int PacketBlocks = 32;

    private const int SequenceSectors = 16;
    private const int WriteOnceBlocks = 300_000;

    private readonly int revision;
    private uint previousTable = uint.MaxValue;

    public UdfDiscMaker(UdfLayout layout, int revision = 0x0201, int blockSize = 2048)
    {
        this.revision = revision;
        Space = new(blockSize, layout);
    }

    public UdfSpace Space { get; }

    public UdfNode Root { get; } = new() { FileType = 4, Form = 3, LinkCount = 1 };

    /// <summary>Streams that belong to no file.</summary>
    public UdfNode SystemStreams { get; } = new() { FileType = 13, Form = 3, LinkCount = 1 };

    public string Name { get; init; } = "MADE DISC";

    public string VolumeSet { get; init; } = "4F3A21B05C6D7E8FMade";

    /// <summary>True to write the virtual allocation table into its own entry.</summary>
    public bool IsTableEmbedded { get; init; }

    /// <summary>Packets of a sparable partition that are to lie elsewhere, by their first block.</summary>
    public IReadOnlyList<int> WornPackets { get; init; } = [];

    /// <summary>The partition block of the last session's table entry.</summary>
    public long TableBlock => previousTable;

    public long FileSetBlock { get; private set; } = -1;

    /// <returns>The disc as it is after this session.</returns>
    public byte[] WriteSession()
    {
        var isFirst = FileSetBlock < 0;
        if (isFirst)
        {
            FileSetBlock = Space.AllocateEntry();
        }

        var writer = new UdfNodeWriter(Space);
        writer.Place(Root);
        if (SystemStreams.Names.Count > 0)
        {
            writer.Place(SystemStreams);
        }

        // the first time, and whenever the root lies elsewhere; here each time, which is allowed
        var streams = SystemStreams.Names.Count > 0 ? (SystemStreams.Icb, Space.EntryPartition) : ((long, int)?)null;
        var fileSet = UdfVolumeDescriptors.FileSet(FileSetBlock, 0, (Root.Icb, Space.EntryPartition), streams, Space.BlockSize);
        Space.PutEntry(FileSetBlock, fileSet, null);
        writer.Write(Root, Root);
        if (streams is not null)
        {
            writer.Write(SystemStreams, SystemStreams);
        }

        if (Space.Layout == UdfLayout.Virtual)
        {
            WriteTable();
        }

        if (Space.Layout == UdfLayout.Metadata)
        {
            WriteMetadataFiles();
        }

        return Finish(isFirst);
    }

    private byte[] Finish(bool isFirst)
    {
        var isWriteOnce = Space.Layout == UdfLayout.Virtual;
        var blocks = isWriteOnce ? WriteOnceBlocks : (Space.Next + 63) / 32 * 32;
        var end = UdfSpace.PartitionStart + (isWriteOnce ? Space.Next : blocks);
        if (isFirst)
        {
            WriteVolume(blocks);
        }

        if (!isWriteOnce)
        {
            var last = end;
            Space.PutSector(last, UdfVolumeDescriptors.Anchor(last, MainSequence, ReserveSequence, SequenceSectors * Space.BlockSize));
            end++;
        }

        foreach (var (packet, index) in WornPackets.Select((packet, index) => (packet, index)))
        {
            for (var block = 0; block < PacketBlocks; block++)
            {
                var worn = UdfSpace.PartitionStart + packet + block;
                Space.PutSector(SpareSector + (index * PacketBlocks) + block, Space.Sector(worn));
                Space.PutSector(worn, Enumerable.Repeat((byte)0xEE, Space.BlockSize).ToArray());
            }
        }

        // a multiple of what a drive calls a sector
        var perSector = Math.Max(1, 2048 / Space.BlockSize);
        return Space.ToBytes((end + perSector - 1) / perSector * perSector);
    }

    private void WriteVolume(long blocks)
    {
        var standard = revision >= 0x0200 ? "NSR03"u8 : "NSR02"u8;
        var step = Math.Max(2048, Space.BlockSize);
        var bytes = new byte[3 * step];
        "\0BEA01\u0001"u8.CopyTo(bytes);
        "\0"u8.CopyTo(bytes.AsSpan(step));
        standard.CopyTo(bytes.AsSpan(step + 1));
        bytes[step + 6] = 1;
        "\0TEA01\u0001"u8.CopyTo(bytes.AsSpan(2 * step));
        Space.PutSector(32768 / Space.BlockSize, bytes);

        WriteSequence(MainSequence, blocks);
        WriteSequence(ReserveSequence, blocks);
        var isWriteOnce = Space.Layout == UdfLayout.Virtual;
        List<(long, long)> sizes = [(isWriteOnce ? uint.MaxValue : blocks - Space.Next, blocks)];
        if (Space.Layout is UdfLayout.Virtual or UdfLayout.Metadata)
        {
            sizes.Add((uint.MaxValue, uint.MaxValue));
        }

        Space.PutSector(IntegritySector, UdfVolumeDescriptors.Integrity(IntegritySector, revision, !isWriteOnce, sizes));
        Space.PutSector(IntegritySector + 1, UdfVolumeDescriptors.Terminator(IntegritySector + 1));
        Space.PutSector(256, UdfVolumeDescriptors.Anchor(256, MainSequence, ReserveSequence, SequenceSectors * Space.BlockSize));
        if (Space.Layout == UdfLayout.Sparable)
        {
            var entries = WornPackets.Select((packet, index) => ((long)packet, (long)SpareSector + (index * PacketBlocks)))
                .ToList();
            for (var spare = entries.Count; spare < 2; spare++)
            {
                entries.Add((uint.MaxValue, SpareSector + (spare * PacketBlocks)));
            }

            Space.PutSector(FirstSparingTable, UdfVolumeDescriptors.SparingTable(FirstSparingTable, 7, entries));
            Space.PutSector(SecondSparingTable, UdfVolumeDescriptors.SparingTable(SecondSparingTable, 7, entries));
        }
    }

    private void WriteSequence(long sector, long blocks)
    {
        var access = Space.Layout switch { UdfLayout.Virtual => 2, UdfLayout.Sparable => 3, _ => 4 };
        byte[][] maps = Space.Layout switch
        {
            UdfLayout.Virtual => [UdfVolumeDescriptors.PlainMap(0), UdfVolumeDescriptors.VirtualMap(0, revision)],
            UdfLayout.Sparable =>
                [UdfVolumeDescriptors.SparableMap(0, revision, PacketBlocks, Space.BlockSize, FirstSparingTable, SecondSparingTable)],
            UdfLayout.Metadata =>
                [UdfVolumeDescriptors.PlainMap(0), UdfVolumeDescriptors.MetadataMap(0, revision, 0, 1)],
            _ => [UdfVolumeDescriptors.PlainMap(0)],
        };
        var fileSet = (FileSetBlock, Space.EntryPartition);
        Space.PutSector(sector, UdfVolumeDescriptors.Primary(sector, VolumeSet));
        Space.PutSector(sector + 1, UdfVolumeDescriptors.Owner(sector + 1, revision));
        Space.PutSector(sector + 2, UdfVolumeDescriptors.Partition(
            sector + 2, 0, UdfSpace.PartitionStart, blocks, access, revision >= 0x0200 ? "+NSR03" : "+NSR02"));
        Space.PutSector(sector + 3, UdfVolumeDescriptors.Logical(
            sector + 3, Name, Space.BlockSize, revision, fileSet, IntegritySector, maps));
        Space.PutSector(sector + 4, UdfVolumeDescriptors.Unallocated(sector + 4));
        Space.PutSector(sector + 5, UdfVolumeDescriptors.Terminator(sector + 5));
    }

    /// <summary>UDF 1.50 §2.2.10, UDF 2.00 §2.2.10: the table, then its entry as the last block.</summary>
    private void WriteTable()
    {
        var entries = Space.VirtualBlocks.SelectMany(block => BitConverter.GetBytes(block)).ToArray();
        var isOld = revision < 0x0200;
        byte[] content = isOld
            ? [.. entries, .. new UdfFields(36).Entity(0, "*UDF Virtual Alloc Tbl", revision).Long(32, previousTable).Bytes]
            : [.. new UdfFields(152).Word(0, 152).Text(4, 128, Name).Long(132, previousTable).Long(136, 1).Long(140, 1)
                .Word(144, revision).Word(146, revision).Word(148, revision).Bytes, .. entries];
        var file = new UdfNode { FileType = isOld ? 0 : 248, IsExtended = !isOld, Content = content, Form = IsTableEmbedded ? 3 : 0, LinkCount = 1 };
        var allocation = content;
        if (!IsTableEmbedded)
        {
            var block = Space.Allocate((content.Length + Space.BlockSize - 1) / Space.BlockSize);
            Space.PutBlock(block, content);
            allocation = new UdfFields(8).Long(0, content.Length).Long(4, block).Bytes;
        }

        var icb = Space.Allocate(1);
        Space.PutBlock(icb, UdfFileEntries.Make(file, allocation, content.Length, icb));
        previousTable = (uint)icb;
    }

    /// <summary>UDF 2.50 §2.2.13: a file of two extents, and its mirror.</summary>
    private void WriteMetadataFiles()
    {
        foreach (var (type, block, halves) in new[] { (250, 0, UdfSpace.MainHalves), (251, 1, UdfSpace.MirrorHalves) })
        {
            var half = UdfSpace.MetadataBlocks / 2 * Space.BlockSize;
            var file = new UdfNode { FileType = type, Form = 0 };
            byte[] allocation =
            [
                .. new UdfFields(8).Long(0, half).Long(4, halves[0]).Bytes,
                .. new UdfFields(8).Long(0, half).Long(4, halves[1]).Bytes,
            ];
            Space.PutBlock(block, UdfFileEntries.Make(file, allocation, 2 * half, block));
        }
    }
}

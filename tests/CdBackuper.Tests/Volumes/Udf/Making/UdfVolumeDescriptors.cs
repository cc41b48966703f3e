namespace CdBackuper.Tests.Volumes.Udf.Making;

/// <summary>The descriptors of a volume (ECMA-167 3/10), each sealed for its sector.</summary>
internal static class UdfVolumeDescriptors
{
    public static byte[] Anchor(long location, long main, long reserve, int sequenceBytes) => new UdfFields(512)
        .Extent(16, sequenceBytes, main).Extent(24, sequenceBytes, reserve)
        .Seal(2, location).Bytes;

    public static byte[] Primary(long location, string volumeSet, int number = 1) => new UdfFields(512)
        .Long(16, number).Text(24, 32, "MadeDisc").Word(56, 1).Word(58, 1).Word(60, 2).Word(62, 2).Long(64, 1).Long(68, 1)
        .Text(72, 128, volumeSet).Charset(200).Charset(264)
        .Entity(344, "*Made by hand").Stamp(376, UdfFields.Time).Entity(388, "*Tests")
        .Seal(1, location).Bytes;

    public static byte[] Owner(long location, int revision) => new UdfFields(512)
        .Long(16, 2).Entity(20, "*UDF LV Info", revision).Charset(52).Text(116, 128, "MADE")
        .Text(244, 36, "Anna").Text(280, 36, "Lab").Text(316, 36, "anna@example.invalid").Entity(352, "*Tests")
        .Seal(4, location).Bytes;

    public static byte[] Partition(long location, int number, long start, long blocks, int access, string contents) => new UdfFields(512)
        .Long(16, 3).Word(20, 1).Word(22, number).Entity(24, contents)
        .Long(184, access).Long(188, start).Long(192, blocks).Entity(196, "*Tests")
        .Seal(5, location).Bytes;

    public static byte[] Logical(
        long location, string name, int blockSize, int revision, (long Block, int Partition) fileSet, long integrity, IReadOnlyList<byte[]> maps)
    {
        var length = maps.Sum(map => map.Length);
        var fields = new UdfFields(512)
            .Long(16, 4).Charset(20).Text(84, 128, name).Long(212, blockSize).Entity(216, "*OSTA UDF Compliant", revision)
            .LongAd(248, blockSize, fileSet.Block, fileSet.Partition).Long(264, length).Long(268, maps.Count).Entity(272, "*Tests")
            .Extent(432, blockSize, integrity);
        var at = 440;
        foreach (var map in maps)
        {
            fields.Put(at, map);
            at += map.Length;
        }

        return fields.Seal(6, location, 440 + length).Bytes;
    }

    public static byte[] Unallocated(long location) => new UdfFields(512).Long(16, 5).Seal(7, location, 24).Bytes;

    public static byte[] Terminator(long location) => new UdfFields(512).Seal(8, location).Bytes;

    public static byte[] Integrity(long location, int revision, bool isClosed, IReadOnlyList<(long Free, long Size)> partitions)
    {
        var fields = new UdfFields(512)
            .Stamp(16, UdfFields.Time.AddDays(1)).Long(28, isClosed ? 1 : 0).Quad(40, 1000)
            .Long(72, partitions.Count).Long(76, 46);
        for (var index = 0; index < partitions.Count; index++)
        {
            fields.Long(80 + (4 * index), partitions[index].Free).Long(80 + (4 * (partitions.Count + index)), partitions[index].Size);
        }

        var use = 80 + (8 * partitions.Count);
        return fields.Entity(use, "*Tests").Word(use + 40, revision).Word(use + 42, revision).Word(use + 44, revision)
            .Seal(9, location, use + 46).Bytes;
    }

    public static byte[] PlainMap(int number) => new UdfFields(6).Byte(0, 1).Byte(1, 6).Word(2, 1).Word(4, number).Bytes;

    public static byte[] VirtualMap(int number, int revision) => TypedMap("*UDF Virtual Partition", number, revision).Bytes;

    public static byte[] SparableMap(int number, int revision, int packet, int tableBytes, params IReadOnlyList<long> tables)
    {
        var fields = TypedMap("*UDF Sparable Partition", number, revision).Word(40, packet).Byte(42, tables.Count).Long(44, tableBytes);
        for (var index = 0; index < tables.Count; index++)
        {
            fields.Long(48 + (4 * index), tables[index]);
        }

        return fields.Bytes;
    }

    public static byte[] MetadataMap(int number, int revision, long main, long mirror) =>
        TypedMap("*UDF Metadata Partition", number, revision)
            .Long(40, main).Long(44, mirror).Long(48, uint.MaxValue).Long(52, 32).Word(56, 32).Byte(58, 1).Bytes;

    /// <summary>UDF 1.50 §2.2.11.</summary>
    public static byte[] SparingTable(long location, int sequence, IReadOnlyList<(long Original, long Mapped)> entries)
    {
        var used = 56 + (8 * entries.Count);
        var fields = new UdfFields(used).Entity(16, "*UDF Sparing Table", 0x0150).Word(48, entries.Count).Long(52, sequence);
        for (var index = 0; index < entries.Count; index++)
        {
            fields.Long(56 + (8 * index), entries[index].Original).Long(60 + (8 * index), entries[index].Mapped);
        }

        return fields.Seal(0, location).Bytes;
    }

    public static byte[] FileSet(long location, int number, (long Block, int Partition) root, (long Block, int Partition)? streams, int blockSize)
    {
        var fields = new UdfFields(512)
            .Stamp(16, UdfFields.Time).Word(28, 3).Word(30, 3).Long(32, 1).Long(36, 1).Long(44, number).Charset(48).Text(112, 128, "MADE")
            .Charset(240).Text(304, 32, "Files").LongAd(400, blockSize, root.Block, root.Partition).Entity(416, "*OSTA UDF Compliant", 0x0201);
        return (streams is { } own ? fields.LongAd(464, blockSize, own.Block, own.Partition) : fields).Seal(256, location).Bytes;
    }

    private static UdfFields TypedMap(string identifier, int number, int revision) =>
        new UdfFields(64).Byte(0, 2).Byte(1, 64).Entity(4, identifier, revision).Word(36, 1).Word(38, number);
}

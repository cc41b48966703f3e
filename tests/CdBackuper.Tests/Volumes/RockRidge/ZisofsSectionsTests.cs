using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CdBackuper.Media.Volumes;
using CdBackuper.Tests.Volumes.Iso9660;

namespace CdBackuper.Tests.Volumes.RockRidge;

/// <summary>Compressed files of several sections (ECMA-119 §6.5.1), made by hand: the table of blocks is of all sections together.</summary>
public sealed class ZisofsSectionsTests
{
    private const int BlockBytes = 32 << 10;

    private static readonly string Numbers = string.Concat(
        Enumerable.Range(0, 40_000).Select(number => (number * 7919L % 1_000_003).ToString("D6", CultureInfo.InvariantCulture)));

    private static readonly byte[] Stored = Compress(out Pointers);
    private static readonly int[] Pointers;

    [Fact]
    public void Sections_that_follow_one_another_are_decoded_as_one()
    {
        var disc = Made(cut: 4096, gap: 0);
        var volume = disc.Read();
        var entry = Assert.Single(volume.Entries);
        Assert.Equal(Numbers, Content(disc, entry));
        Assert.Empty(volume.Damages);
    }

    [Fact]
    public void Sections_that_lie_apart_are_decoded_where_they_part_between_two_blocks()
    {
        var disc = Made(cut: Pointers[3], gap: 1);
        Assert.Equal(Numbers, Content(disc, Assert.Single(disc.Read().Entries)));
    }

    [Fact]
    public void A_block_that_lies_in_two_places_leaves_the_file_as_it_is_stored()
    {
        var disc = Made(cut: Pointers[3] + 100, gap: 1);
        var volume = disc.Read();
        var entry = Assert.Single(volume.Entries);
        Assert.Equal(Encoding.Latin1.GetString(Stored), Content(disc, entry));
        Assert.Contains(volume.Damages, damage => damage.Id == DamageIds.RockRidgeEncoded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_record_of_one_section_says_for_all_how_they_are_compressed(bool isFirst)
    {
        var disc = Made(cut: 4096, gap: 0, isInFirst: isFirst, isInLast: !isFirst);
        Assert.Equal(Numbers, Content(disc, Assert.Single(disc.Read().Entries)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_name_that_one_section_s_record_has_is_the_file_s(bool isFirst)
    {
        byte[] entries = [.. "PX"u8, 36, 1, .. BitConverter.GetBytes(0x81A4), .. new byte[28], .. "NM"u8, 11, 1, 0, .. "a name"u8];
        var disc = HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            new("") { SystemUse = [.. "SP"u8, 7, 1, 0xBE, 0xEF, 0, .. "PX"u8, 36, 1, .. new byte[32]] },
            new("FILE.TXT;1", new('a', 2048)) { IsContinued = true, SystemUse = isFirst ? entries : [] },
            new("FILE.TXT;1", "b") { SystemUse = isFirst ? [] : entries });
        var entry = Assert.Single(disc.Read().Entries);

        Assert.Equal(("a name", 2049L), (entry.Name, entry.Size));
    }

    /// <param name="cut">Where the second section begins, in the stored file.</param>
    /// <param name="gap">Blocks between the sections.</param>
    /// <param name="isInFirst">True where the first section's record says that it is compressed.</param>
    /// <param name="isInLast">True where the last one's does.</param>
    private static ScratchedDisc Made(int cut, int gap, bool isInFirst = true, bool isInLast = true)
    {
        var text = Encoding.Latin1.GetString(Stored);
        byte[] plain = [.. "PX"u8, 36, 1, .. new byte[32]];
        byte[] zisofs = [.. "ZF"u8, 16, 1, .. "pz"u8, 4, 15, .. Both(Numbers.Length), .. plain];
        return HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            new("") { SystemUse = [.. "SP"u8, 7, 1, 0xBE, 0xEF, 0, .. "PX"u8, 36, 1, .. new byte[32]] },
            new("FILE.TXT;1", text[..cut]) { SystemUse = isInFirst ? zisofs : plain, IsContinued = true },
            new("FILE.TXT;1", text[cut..]) { SystemUse = isInLast ? zisofs : plain, AttributeBlocks = gap });
    }

    private static byte[] Compress(out int[] pointers)
    {
        var blocks = Encoding.Latin1.GetBytes(Numbers).Chunk(BlockBytes).Select(Zlib.Encode).ToArray();
        var at = 16 + (4 * (blocks.Length + 1));
        var table = new List<int> { at };
        table.AddRange(blocks.Select(block => at += block.Length));
        pointers = [.. table];
        byte[] magic = [0x37, 0xE4, 0x53, 0x96, 0xC9, 0xDB, 0xD6, 0x07];
        return [.. magic, .. BitConverter.GetBytes(Numbers.Length), 4, 15, 0, 0, .. table.SelectMany(BitConverter.GetBytes), .. blocks.SelectMany(block => block)];
    }

    private static byte[] Both(int value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), value);
        return bytes;
    }

    private static string Content(ScratchedDisc disc, FileEntry entry)
    {
        var bytes = new byte[entry.Size];
        Assert.True(new FileContent(disc, entry).TryRead(0, bytes));
        return Encoding.Latin1.GetString(bytes);
    }
}

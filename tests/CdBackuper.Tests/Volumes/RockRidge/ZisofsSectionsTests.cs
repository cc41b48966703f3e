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

    /// <param name="cut">Where the second section begins, in the stored file.</param>
    /// <param name="gap">Blocks between the sections.</param>
    private static ScratchedDisc Made(int cut, int gap)
    {
        var text = Encoding.Latin1.GetString(Stored);
        byte[] zisofs = [.. "ZF"u8, 16, 1, .. "pz"u8, 4, 15, .. Both(Numbers.Length), .. "PX"u8, 36, 1, .. new byte[32]];
        return HandMadeDisc.Make(
            2048,
            isHighSierra: false,
            new("") { SystemUse = [.. "SP"u8, 7, 1, 0xBE, 0xEF, 0, .. "PX"u8, 36, 1, .. new byte[32]] },
            new("FILE.TXT;1", text[..cut]) { SystemUse = zisofs, IsContinued = true },
            new("FILE.TXT;1", text[cut..]) { SystemUse = zisofs, AttributeBlocks = gap });
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

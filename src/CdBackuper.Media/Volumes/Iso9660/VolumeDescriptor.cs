using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Joliet;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>A primary or supplementary volume descriptor (ECMA-119 §8.4, §8.5).</summary>
internal sealed class VolumeDescriptor(byte[] bytes, long sector)
{
    private const int DefaultBlockSize = Sector.Size;
    private const int SpaceSizeAt = 80;
    private const int BlockSizeAt = 128;
    private const int PathTableSizeAt = 132;
    private const int PathTablesAt = 140;
    private const int RootAt = 156;
    private const int CreationAt = 813;
    private const int ModificationAt = 830;

    /// <summary>
    /// Two blanks read as one UCS-2 character: what writers leave that fill a Joliet field as if it were ASCII.
    /// </summary>
    private const char FilledWithBlanks = '\u2020';

    public long SectorNumber => sector;

    public bool IsJoliet { get; } = bytes[0] == DescriptorSet.Supplementary && JolietText.IsNamedBy(bytes);

    /// <summary>An enhanced descriptor of ISO 9660:1999 (§8.5.1 of the later editions: version 2).</summary>
    public bool IsEnhanced => bytes[0] == DescriptorSet.Supplementary && bytes[6] == 2;

    /// <returns>True when the sector holds a primary descriptor (§8.4.1, §8.4.2).</returns>
    public static bool IsPrimary(ReadOnlySpan<byte> sector) =>
        sector.Length == Sector.Size && sector[0] == DescriptorSet.Primary && sector.Slice(1, 5).SequenceEqual("CD001"u8);

    /// <returns>
    /// True when both name one root: the same descriptor, or copies of one in which at most the volume's length differs.
    /// </returns>
    public bool IsSameTree(VolumeDescriptor? other) =>
        other is { Root: { } root } && Root == root && PathTableBlocks.SequenceEqual(other.PathTableBlocks);

    /// <summary>512, 1024 or 2048 (§6.2.2); what claims anything else most likely has 2048.</summary>
    public int BlockSize { get; } = BothEndian.Read16(bytes.AsSpan(BlockSizeAt)) switch
    {
        512 => 512,
        1024 => 1024,
        _ => DefaultBlockSize,
    };

    /// <summary>The length of the volume in bytes (§8.4.8).</summary>
    public long LengthBytes => (long)BothEndian.Read32(bytes.AsSpan(SpaceSizeAt)) * BlockSize;

    public long PathTableBytes => BothEndian.Read32(bytes.AsSpan(PathTableSizeAt));

    /// <summary>The four places of the path table: L, optional L, M, optional M (§8.4.14 to §8.4.17).</summary>
    public ReadOnlySpan<byte> PathTableBlocks => bytes.AsSpan(PathTablesAt, 16);

    public string? Name => Field(40, 32);

    /// <summary>Publisher, data preparer and application (§8.4.20 to §8.4.22), those that say something.</summary>
    public IReadOnlyList<string> Creators =>
        [.. new[] { Field(318, 128), Field(446, 128), Field(574, 128) }.OfType<string>().Distinct()];

    public ReadOnlySpan<byte> CreationBytes => bytes.AsSpan(CreationAt, IsoDate.DescriptorLength);

    public ReadOnlySpan<byte> ModificationBytes => bytes.AsSpan(ModificationAt, IsoDate.DescriptorLength);

    /// <summary>
    /// Where the root directory lies (§8.4.18); null where its record is none. Its directory flag is not asked for.
    /// </summary>
    public ByteRange? Root =>
        DirectoryRecord.TryRead(bytes.AsSpan(RootAt, 34), out var root) && root.Block != 0 && root.DataLengthBytes != 0
            ? root.DataRange(BlockSize)
            : null;

    /// <summary>Reports what is wrong with the numbers.</summary>
    public void Check(DamageLog damages)
    {
        var said = BothEndian.Read16(bytes.AsSpan(BlockSizeAt));
        if (said != BlockSize)
        {
            damages.Add(
                DamageIds.IsoDescriptorInvalid,
                sector,
                $"The logical block size {said} is not allowed; {BlockSize} was used.");
        }

        if (Root is null)
        {
            damages.Add(DamageIds.IsoDescriptorInvalid, sector, "The descriptor names no root directory.");
        }

        if (!BothEndian.Agree16(bytes.AsSpan(BlockSizeAt))
            || !BothEndian.Agree32(bytes.AsSpan(SpaceSizeAt))
            || !BothEndian.Agree32(bytes.AsSpan(PathTableSizeAt)))
        {
            damages.Add(
                DamageIds.IsoHalvesDiffer,
                sector,
                "A number of the volume descriptor differs in its two halves.");
        }
    }

    private string? Field(int start, int length) => IsJoliet
        ? IsoText.Trim(JolietText.Decode(bytes.AsSpan(start, length & ~1)).TrimEnd(FilledWithBlanks))
        : IsoText.DecodeField(bytes.AsSpan(start, length));
}

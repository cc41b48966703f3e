using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes.Joliet;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>A primary or supplementary volume descriptor (ECMA-119 §8.4, §8.5), or one of High Sierra.</summary>
internal sealed class VolumeDescriptor(byte[] bytes, long sector, DescriptorLayout layout)
{
    private const int DefaultBlockSize = Sector.Size;

    public VolumeDescriptor(byte[] bytes, long sector)
        : this(bytes, sector, DescriptorLayout.Ecma119)
    {
    }

    public long SectorNumber => sector;

    public DescriptorLayout Layout => layout;

    public bool IsHighSierra => layout.IsHighSierra;

    public bool IsJoliet { get; } = !layout.IsHighSierra && bytes[0] == DescriptorSet.Supplementary && JolietText.IsNamedBy(bytes);

    /// <summary>An enhanced descriptor of ISO 9660:1999 (§8.5.1 of the later editions: version 2).</summary>
    public bool IsEnhanced => !IsHighSierra && bytes[0] == DescriptorSet.Supplementary && bytes[6] == 2;

    /// <summary>512, 1024 or 2048 (§6.2.2); what claims anything else most likely has 2048.</summary>
    public int BlockSize { get; } = BothEndian.Read16(bytes.AsSpan(layout.BlockSizeAt)) switch
    {
        512 => 512,
        1024 => 1024,
        _ => DefaultBlockSize,
    };

    /// <summary>The length of the volume in bytes (§8.4.8).</summary>
    public long LengthBytes => (long)BothEndian.Read32(bytes.AsSpan(layout.SpaceSizeAt)) * BlockSize;

    public long PathTableBytes => BothEndian.Read32(bytes.AsSpan(layout.PathTableSizeAt));

    /// <summary>
    /// The places of the path table's copies (§8.4.14 to §8.4.17): first the little-endian ones, then as many big-endian ones.
    /// </summary>
    public ReadOnlySpan<byte> PathTableBlocks => bytes.AsSpan(layout.PathTablesAt, layout.PathTableCopies * 2 * 4);

    /// <summary>
    /// Where the root directory lies (§8.4.18); null where its record is none. Its directory flag is not asked for.
    /// </summary>
    public ByteRange? Root =>
        DirectoryRecord.TryReadRoot(bytes.AsSpan(layout.RootAt, 34), IsHighSierra, out var root)
            ? root.DataRange(BlockSize)
            : null;

    /// <returns>True when the sector holds a primary descriptor (§8.4.1, §8.4.2).</returns>
    public static bool IsPrimary(ReadOnlySpan<byte> sector) =>
        DescriptorSet.IsDescriptor(sector) && sector[0] == DescriptorSet.Primary;

    /// <returns>
    /// True when both name one root: the same descriptor, or copies of one in which at most the volume's length differs.
    /// </returns>
    public bool IsSameTree(VolumeDescriptor? other) =>
        other is { Root: { } root } && Root == root && PathTableBlocks.SequenceEqual(other.PathTableBlocks);

    /// <returns>True where both say when they were made, and this one was made before.</returns>
    public bool IsOlderThan(VolumeDescriptor other) =>
        TryReadModified(out var mine) && other.TryReadModified(out var theirs) && mine < theirs;

    public ReadOnlySpan<byte> Field((int Start, int Length) field) => bytes.AsSpan(field.Start, field.Length);

    /// <returns>False when the date is none; true and null where none is given.</returns>
    public bool TryReadCreated(out DateTimeOffset? date) => TryReadDate(layout.CreationAt, out date);

    /// <inheritdoc cref="TryReadCreated"/>
    public bool TryReadModified(out DateTimeOffset? date) => TryReadDate(layout.ModificationAt, out date);

    /// <returns>What <c>blkid</c> calls the UUID: the modification, else the creation date as text.</returns>
    public string? ReadUuid() => VolumeUuid.Of(Date(layout.ModificationAt), Date(layout.CreationAt));

    /// <summary>Reports what is wrong with the numbers.</summary>
    public void Check(DamageLog damages)
    {
        var said = BothEndian.Read16(bytes.AsSpan(layout.BlockSizeAt));
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

        if (!BothEndian.Agree16(bytes.AsSpan(layout.BlockSizeAt))
            || !BothEndian.Agree32(bytes.AsSpan(layout.SpaceSizeAt))
            || !BothEndian.Agree32(bytes.AsSpan(layout.PathTableSizeAt)))
        {
            damages.Add(
                DamageIds.IsoHalvesDiffer,
                sector,
                "A number of the volume descriptor differs in its two halves.");
        }
    }

    private bool TryReadDate(int start, out DateTimeOffset? date) => IsoDate.TryReadDescriptor(Date(start), out date);

    private byte[] Date(int start)
    {
        var date = bytes[start..(start + IsoDate.DescriptorLength)];
        if (IsHighSierra)
        {
            date[^1] = 0; // sixteen digits, and no offset from GMT
        }

        return date;
    }
}

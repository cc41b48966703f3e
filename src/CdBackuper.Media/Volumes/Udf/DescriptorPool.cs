using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>
/// The volume descriptors that were met, of each kind the prevailing one: that with the highest sequence number
/// (ECMA-167 3/8.4.3), and a sound one before a flawed one.
/// </summary>
internal sealed class DescriptorPool
{
    /// <summary>The least bytes of a sector; every descriptor here has as many.</summary>
    public const int DescriptorLength = 512;

    private readonly Dictionary<ushort, Ranked<PartitionSpace>> partitions = [];
    private Ranked<PrimaryVolume>? primary;
    private Ranked<LogicalVolume>? logical;
    private Ranked<VolumeOwner>? owner;

    private sealed record Ranked<T>(T Value, bool IsSound, uint Number);

    public PrimaryVolume? Primary => primary?.Value;

    public LogicalVolume? Logical => logical?.Value;

    public VolumeOwner? Owner => owner?.Value;

    public IReadOnlyCollection<PartitionSpace> Partitions => [.. partitions.Values.Select(ranked => ranked.Value)];

    /// <summary>True when a file system can most likely be reached with what is here.</summary>
    public bool IsUsable => logical is not null && partitions.Count > 0;

    /// <summary>True when nothing that is needed is missing or flawed.</summary>
    public bool IsComplete => primary is { IsSound: true } && logical is { IsSound: true } && partitions.Count > 0
        && partitions.Values.All(ranked => ranked.IsSound);

    /// <param name="bytes">A descriptor with at least one right check sum.</param>
    /// <param name="tag">Its tag.</param>
    /// <param name="isSound">True where both its checks are right.</param>
    public void Add(ReadOnlySpan<byte> bytes, DescriptorTag tag, bool isSound)
    {
        var number = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]);
        switch (tag.Id)
        {
            case TagId.PrimaryVolume:
                Prefer(ref primary, new(PrimaryVolume.Read(bytes), isSound, number));
                break;
            case TagId.LogicalVolume:
                Prefer(ref logical, new(LogicalVolume.Read(bytes), isSound, number));
                break;
            case TagId.Partition:
                var space = PartitionSpace.Read(bytes);
                var known = partitions.GetValueOrDefault(space.Number);
                Prefer(ref known, new(space, isSound, number));
                partitions[space.Number] = known!;
                break;
            case TagId.ImplementationUse when VolumeOwner.Read(bytes) is { } texts:
                Prefer(ref owner, new(texts, isSound, number));
                break;
            default:
                break; // unallocated space and others' descriptors tell nothing about files
        }
    }

    /// <summary>Takes a partition that has no descriptor.</summary>
    public void Assume(PartitionSpace space) => partitions[space.Number] = new(space, IsSound: false, 0);

    private static void Prefer<T>(ref Ranked<T>? known, Ranked<T> other)
    {
        if (known is null || (other.IsSound, other.Number).CompareTo((known.IsSound, known.Number)) > 0)
        {
            known = other;
        }
    }
}

namespace CdBackuper.Media.Volumes.Udf;

/// <summary>All by which a volume's blocks and files are reached, once its partitions are known.</summary>
internal sealed class VolumeAccess
{
    public VolumeAccess(UdfDisc disc, UdfPartition[] partitions)
    {
        Disc = disc;
        Partitions = partitions;
        Structures = new(disc, partitions);
        Icbs = new(Structures);
        Map = new(Structures, new(Structures));
        Contents = new(Map);
    }

    public UdfDisc Disc { get; }

    /// <summary>In the order of the partition maps; the last ones are perhaps filled in later than the first.</summary>
    public UdfPartition[] Partitions { get; }

    public StructureReader Structures { get; }

    public IcbReader Icbs { get; }

    public ContentMap Map { get; }

    public ContentReader Contents { get; }
}

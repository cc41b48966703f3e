using System.Buffers.Binary;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Tells the size of a volume's blocks by its catalog: of each fork it is said how many bytes it has and how many blocks (HFS+), or how many
/// bytes its blocks have together (HFS).
/// </summary>
internal sealed class BlockSizeLeaves(CatalogLeaves catalog) : LeafReader
{
    private const int Smallest = 512;
    private const int Sizes = 14;
    private const int Runs = 3;
    private readonly Dictionary<long, int> votes = [];
    private int forks;

    public override bool IsWide => catalog.IsWide;

    public override string TreeName => catalog.TreeName;

    /// <summary>The size that nearly all forks agree with, and no other does; null where there is none.</summary>
    public long? Size
    {
        get
        {
            var best = votes.OrderByDescending(vote => vote.Value).Take(2).ToList();
            var isOne = best.Count == 1 || (best.Count == 2 && best[0].Value > best[1].Value);
            return isOne && best[0].Value * 10 >= forks * 9 ? best[0].Key : null;
        }
    }

    public override int Measure(ReadOnlySpan<byte> rest) => catalog.Measure(rest);

    public override bool Take(ReadOnlySpan<byte> record, long offset)
    {
        var value = catalog.ValueOfFile(record);
        if (value.IsEmpty)
        {
            return true;
        }

        if (IsWide)
        {
            VotePlus(value[88..]);
            VotePlus(value[168..]);
        }
        else
        {
            Vote(BinaryPrimitives.ReadUInt32BigEndian(value[30..]), value[74..]);
            Vote(BinaryPrimitives.ReadUInt32BigEndian(value[40..]), value[86..]);
        }

        return true;
    }

    /// <summary>TN1150, "Fork Data Structure": the length, and of how many blocks.</summary>
    private void VotePlus(ReadOnlySpan<byte> fork)
    {
        var (length, blocks) = (BinaryPrimitives.ReadUInt64BigEndian(fork), BinaryPrimitives.ReadUInt32BigEndian(fork[12..]));
        if (length is 0 or > HfsLimits.VolumeBytes || blocks == 0)
        {
            return;
        }

        forks++;
        for (var (index, size) = (0, (long)Smallest); index < Sizes; index++, size *= 2)
        {
            Vote(size, (((long)length - 1) / size) + 1 == blocks);
        }
    }

    /// <summary>Inside Macintosh: Files, 2-73: the physical length, and the first three runs.</summary>
    private void Vote(uint physical, ReadOnlySpan<byte> runs)
    {
        var blocks = 0L;
        for (var index = 0; index < Runs; index++)
        {
            blocks += BinaryPrimitives.ReadUInt16BigEndian(runs[((index * 4) + 2)..]);
        }

        if (physical > 0 && blocks > 0)
        {
            forks++;
            Vote(physical / blocks, physical % blocks == 0 && physical / blocks % Smallest == 0);
        }
    }

    private void Vote(long size, bool isFor)
    {
        if (isFor)
        {
            votes[size] = votes.GetValueOrDefault(size) + 1;
        }
    }
}

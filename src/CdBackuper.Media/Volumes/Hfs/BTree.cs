using System.Buffers.Binary;
using System.Collections;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// Reads every leaf record of a B-tree: along the chain of the leaves, and where that is broken by every other route
/// there is: the chain backwards, the index, and at last each node of the file that is in use. Each node once.
/// </summary>
internal sealed class BTree
{
    private readonly ForkReader fork;
    private readonly LeafReader leaves;
    private readonly DamageLog damages;
    private readonly BTreeHeader? header;
    private readonly BTreeNode node;
    private readonly BitArray visited;
    private readonly BitArray taken;
    private readonly BitArray pointed;
    private readonly List<(int Start, int Length)> records = [];
    private readonly HashSet<long> reported = [];
    private readonly List<(int Number, (int Node, int Record)? Next)> headless = [];
    private long recordCount;

    public BTree(ForkReader fork, LeafReader leaves, DamageLog damages)
    {
        this.fork = fork;
        this.leaves = leaves;
        this.damages = damages;
        header = BTreeHeader.Read(fork, leaves.IsWide);
        NodeSize = header?.NodeSize ?? BTreeHeader.GuessNodeSize(fork, leaves.IsWide);
        node = new(NodeSize);
        var nodes = (int)(Math.Min(fork.Length, HfsLimits.TreeBytes) / NodeSize);
        (visited, taken, pointed) = (new(nodes), new(nodes), new(nodes));
        fork.AddPlaces(0, BTreeNode.Unit, Structures);
        if (header is null)
        {
            Report(0, $"The header of the {leaves.TreeName} B-tree can't be read: all its nodes are searched.");
        }
    }

    /// <summary>Bytes of a node.</summary>
    public int NodeSize { get; }

    /// <summary>What had to be read.</summary>
    public List<ByteRange> Structures { get; } = [];

    /// <summary>
    /// True when the chain of leaves was not sound from end to end, whether or not records are missing.
    /// </summary>
    public bool IsBroken { get; private set; }

    /// <summary>True when records are or may be missing.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>True when there is no header and not one record: as good as no tree.</summary>
    public bool IsLost => header is null && recordCount == 0;

    public void Read()
    {
        var isEmpty = header is { FirstLeaf: 0, LeafRecords: 0 } && !leaves.IsNeverEmpty;
        if (isEmpty || (header is not null && Follow(header.FirstLeaf, header.LastLeaf) && recordCount >= header.LeafRecords && recordCount > 0))
        {
            return;
        }

        IsBroken = true;
        if (header is not null)
        {
            Follow(header.LastLeaf, header.FirstLeaf, isBackwards: true);
            Descend(header.Root);
        }

        leaves.IsDoubtful = true;
        Search();
        TakeHeadless();
        IsIncomplete = header is null || recordCount < header.LeafRecords || recordCount == 0;
        damages.Add(
            DamageIds.HfsTreeBroken,
            null,
            $"The chain of leaves of the {leaves.TreeName} B-tree is broken. With the other routes {recordCount} records "
            + $"were found; {(header is null ? "how many there were is not known" : $"there were {header.LeafRecords}")}.");
    }

    /// <summary>Gives every leaf record that was found to another reader.</summary>
    public void Replay(LeafReader other)
    {
        for (var number = 1; number < taken.Length; number++)
        {
            if (taken[number])
            {
                node.Load(fork, (long)number * NodeSize);
                Take(number, other);
            }
        }
    }

    /// <returns>True when the chain is sound and ends where it should.</returns>
    private bool Follow(uint first, uint last, bool isBackwards = false)
    {
        var (previous, isSound) = (0u, true);
        for (var number = first; number != 0;)
        {
            if (number >= visited.Length || visited[(int)number])
            {
                return false;
            }

            Load((int)number);
            if (!node.HasDescriptor || node.Kind != BTreeNode.LeafKind)
            {
                // of a node whose head is lost the records behind may be there: the index, or the search, comes back
                visited[(int)number] = node.HasDescriptor;
                return false;
            }

            isSound &= (isBackwards ? node.Forward : node.Backward) == previous;
            var next = isBackwards ? node.Backward : node.Forward;
            isSound &= TakeLeaf((int)number);
            (previous, number) = (number, next);
        }

        return isSound && previous == last;
    }

    /// <summary>
    /// Goes down from the root; the nodes still to be seen are kept aside, so that depth costs nothing.
    /// </summary>
    private void Descend(uint root)
    {
        var pending = new Stack<(uint Number, (int Node, int Record)? Next)>([(root, null)]);
        while (pending.TryPop(out var child))
        {
            var number = child.Number;
            if (number == 0 || number >= visited.Length || visited[(int)number])
            {
                continue;
            }

            Load((int)number);
            if (!node.HasDescriptor)
            {
                AddHeadless((int)number, child.Next);
            }
            else if (node.Kind == BTreeNode.LeafKind)
            {
                TakeLeaf((int)number);
            }
            else if (node.Kind == BTreeNode.IndexKind)
            {
                PushChildren((int)number, pending);
            }
        }
    }

    /// <summary>A record of an index node is a key with the number of the node it leads to at its end.</summary>
    private void PushChildren(int number, Stack<(uint Number, (int Node, int Record)? Next)> pending)
    {
        var count = Math.Min(node.RecordCount, NodeSize / 2);
        for (var index = count - 1; index >= 0; index--)
        {
            var (start, end) = (node.OffsetAt(index), node.OffsetAt(index + 1));
            var isSound = start >= BTreeNode.DescriptorBytes && end >= start + 4 && end <= NodeSize;
            if (isSound && node.IsReadable(end - 4, end))
            {
                var child = BinaryPrimitives.ReadUInt32BigEndian(node.Bytes.AsSpan(end - 4));
                if (child < pointed.Length && !pointed[(int)child])
                {
                    pointed[(int)child] = true;
                    pending.Push((child, index + 1 < count ? (number, index + 1) : null));
                }
            }
        }
    }

    private void Search()
    {
        var inUse = header is null ? null : BTreeMap.Read(fork, header, Structures);
        if (inUse is not null && IsDoubtful(inUse))
        {
            inUse = null;
        }

        var lost = 0;
        for (var number = 1; number < visited.Length && lost < HfsLimits.UnreadableNodes; number++)
        {
            if (visited[number] || (inUse is not null && number < inUse.Length && !inUse[number]))
            {
                continue;
            }

            Load(number);
            lost = node.IsLost ? lost + 1 : 0;
            if (!node.HasDescriptor)
            {
                AddHeadless(number, null);
            }
            else if (node.Kind == BTreeNode.LeafKind)
            {
                TakeLeaf(number);
            }
        }
    }

    private void AddHeadless(int number, (int Node, int Record)? next)
    {
        if (!node.IsLost)
        {
            headless.Add((number, next));
        }
    }

    /// <summary>
    /// A node whose head is lost does not tell how many records it has, and behind them stand those that it had before it was split. What any
    /// other node says counts first; and none of them goes further than the key that the index has for the next node.
    /// </summary>
    private void TakeHeadless()
    {
        foreach (var (number, next) in headless)
        {
            var key = next is { } place ? KeyAt(place.Node, place.Record) : [];
            node.Load(fork, (long)number * NodeSize);
            taken[number] = true;
            Take(number, leaves, key);
        }
    }

    private byte[] KeyAt(int number, int record)
    {
        node.Load(fork, (long)number * NodeSize);
        var (start, end) = (node.OffsetAt(record), node.OffsetAt(record + 1));
        var isSound = start >= BTreeNode.DescriptorBytes && end > start + 4 && end <= NodeSize && node.IsReadable(start, end);
        return isSound ? node.Bytes[start..(end - 4)] : [];
    }

    /// <summary>A map by which nodes that were found in use are free is not to be trusted.</summary>
    private bool IsDoubtful(BitArray inUse)
    {
        for (var number = 1; number < taken.Length; number++)
        {
            if (taken[number] && (number >= inUse.Length || !inUse[number]))
            {
                return true;
            }
        }

        return false;
    }

    private void Load(int number)
    {
        visited[number] = true;
        var offset = (long)number * NodeSize;
        fork.AddPlaces(offset, NodeSize, Structures);
        node.Load(fork, offset);
        if (!node.IsWhole)
        {
            Report(offset, $"A node of the {leaves.TreeName} B-tree can't be read, or not all of it.");
        }
    }

    /// <returns>False when records of the node are or may be lost.</returns>
    private bool TakeLeaf(int number)
    {
        taken[number] = true;
        var isWhole = Take(number, leaves);
        if (!isWhole && node.IsWhole)
        {
            damages.Add(
                DamageIds.HfsNodeInvalid,
                fork.PlaceOf((long)number * NodeSize, 1) / Sector.Size,
                $"Node {number} of the {leaves.TreeName} B-tree is not sound: what can be understood of it was taken.");
        }

        return isWhole;
    }

    private bool Take(int number, LeafReader reader, byte[]? next = null)
    {
        var isWhole = node.List(reader, records);
        foreach (var (start, length) in records)
        {
            if (next is { Length: > 0 } && reader.IsOfNext(node.Bytes.AsSpan(start, length), next))
            {
                return false;
            }

            var isTaken = reader.Take(node.Bytes.AsSpan(start, length), ((long)number * NodeSize) + start);
            recordCount += isTaken && reader == leaves ? 1 : 0;
        }

        return isWhole;
    }

    private void Report(long offset, string detail)
    {
        if (reported.Add(offset))
        {
            damages.Add(DamageIds.StructureUnreadable, fork.PlaceOf(offset, 1) / Sector.Size, detail);
        }
    }
}

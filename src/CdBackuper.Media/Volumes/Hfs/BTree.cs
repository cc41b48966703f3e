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
    private readonly BitArray sound;
    private readonly List<(int Start, int Length)> records = [];
    private readonly HashSet<long> reported = [];
    private readonly LeafChain chain = new();
    private readonly UnprovenNodes unproven;
    private long recordCount;
    private long statedCount;

    public BTree(ForkReader fork, LeafReader leaves, DamageLog damages)
    {
        this.fork = fork;
        this.leaves = leaves;
        this.damages = damages;
        header = BTreeHeader.Read(fork, leaves.IsWide);
        NodeSize = header?.NodeSize ?? BTreeHeader.GuessNodeSize(fork, leaves.IsWide);
        node = new(NodeSize);
        unproven = new(fork, NodeSize, leaves, chain);
        var nodes = (int)(Math.Min(fork.Length, HfsLimits.TreeBytes) / NodeSize);
        (visited, taken, pointed, sound) = (new(nodes), new(nodes), new(nodes), new(nodes));
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

        leaves.Trust = RecordTrust.Found;
        Search();
        if (recordCount == header?.LeafRecords)
        {
            unproven.Clear();
        }

        recordCount += unproven.Take(leaves);
        IsIncomplete = header is null || recordCount < header.LeafRecords || recordCount == 0;
        damages.Add(
            DamageIds.HfsTreeBroken,
            null,
            $"The chain of leaves of the {leaves.TreeName} B-tree is broken. With the other routes {recordCount} records "
            + $"were found; {(header is null ? "how many there were is not known" : $"there were {header.LeafRecords}")}.");
    }

    /// <summary>Gives every leaf record that was found to another reader, those last that may be of old.</summary>
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

        unproven.Take(other);
    }

    /// <returns>True where all records are known of the node, which is in use, that holds a byte of the file.</returns>
    public bool IsSound(long offset) => sound[(int)(offset / NodeSize)];

    /// <returns>Where the node begins in the file that follows the one that begins there; null where that is not known.</returns>
    public long? NextOf(long nodeOffset) => (long?)chain.After((int)(nodeOffset / NodeSize)) * NodeSize;

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
                unproven.AddHeadless((int)number, child.Next, node.IsEmpty);
            }
            else if (node.Kind == BTreeNode.LeafKind)
            {
                TakeLeaf((int)number);
            }
            else if (node.Kind == BTreeNode.IndexKind)
            {
                PushChildren((int)number, child.Next, pending);
            }
            else
            {
                unproven.AddOther();
            }
        }
    }

    /// <summary>A record of an index node is a key with the number of the node it leads to at its end.</summary>
    private void PushChildren(int number, (int Node, int Record)? next, Stack<(uint Number, (int Node, int Record)? Next)> pending)
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
                    pending.Push((child, index + 1 < count ? (number, index + 1) : next));
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

        var found = new List<int>();
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
                unproven.AddHeadless(number, null, node.IsEmpty);
            }
            else if (node.Kind != BTreeNode.LeafKind)
            {
                if (node.Kind is not (BTreeNode.IndexKind or BTreeNode.MapKind))
                {
                    unproven.AddOther();
                }
            }
            else if (inUse is not null)
            {
                TakeLeaf(number);
            }
            else
            {
                chain.Add(number, node.Backward, node.Forward, isUsed: false);
                found.Add(number);
            }
        }

        TakeFound(found);
        if (inUse is not null && header is not null)
        {
            unproven.Count(header.LeafRecords - statedCount);
        }
    }

    /// <summary>Takes leaves of which the map does not tell whether they are in use.</summary>
    private void TakeFound(List<int> found)
    {
        foreach (var number in found)
        {
            var isUsed = chain.IsUsed(number);
            if (isUsed == true)
            {
                node.Load(fork, (long)number * NodeSize);
                TakeLeaf(number);
            }
            else if (isUsed is null)
            {
                unproven.Add(number);
            }
        }
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
        chain.Add(number, node.Backward, node.Forward, isUsed: true);
        statedCount += node.RecordCount;
        var isWhole = Take(number, leaves);
        sound[number] = isWhole;
        if (!isWhole && node.IsWhole)
        {
            damages.Add(
                DamageIds.HfsNodeInvalid,
                fork.PlaceOf((long)number * NodeSize, 1) / Sector.Size,
                $"Node {number} of the {leaves.TreeName} B-tree is not sound: what can be understood of it was taken.");
        }

        return isWhole;
    }

    private bool Take(int number, LeafReader reader)
    {
        var isWhole = node.List(reader, records);
        foreach (var (start, length) in records)
        {
            Give(number, start, length, reader);
        }

        return isWhole;
    }

    private void Give(int number, int start, int length, LeafReader reader)
    {
        var isTaken = reader.Take(node.Bytes.AsSpan(start, length), ((long)number * NodeSize) + start);
        recordCount += isTaken && reader == leaves ? 1 : 0;
    }

    private void Report(long offset, string detail)
    {
        if (reported.Add(offset))
        {
            damages.Add(DamageIds.StructureUnreadable, fork.PlaceOf(offset, 1) / Sector.Size, detail);
        }
    }
}

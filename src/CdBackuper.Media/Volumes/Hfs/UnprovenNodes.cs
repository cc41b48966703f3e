namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>Nodes of a B-tree of which nothing says that they are in use, or how many records they have.</summary>
internal sealed class UnprovenNodes(ForkReader fork, int nodeSize, LeafReader leaves, LeafChain chain)
{
    private readonly BTreeNode node = new(nodeSize);
    private readonly List<(int Start, int Length)> records = [];
    private readonly List<(int Number, (int Node, int Record)? Next)> headless = [];
    private readonly List<int> whole = [];
    private int unknown;
    private int? headlessCount;

    /// <summary>Adds a node whose head is lost.</summary>
    /// <param name="number">The node.</param>
    /// <param name="next">The record of an index node that leads to the node behind it; null where none does.</param>
    /// <param name="isEmpty">True where nothing is left of it.</param>
    public void AddHeadless(int number, (int Node, int Record)? next, bool isEmpty)
    {
        unknown++;
        if (!isEmpty)
        {
            headless.Add((number, next));
        }
    }

    /// <summary>Adds a node that is of no kind.</summary>
    public void AddOther() => unknown++;

    /// <summary>Adds a leaf that may be free.</summary>
    public void Add(int number) => whole.Add(number);

    /// <summary>Drops all of them: all records are known without.</summary>
    public void Clear()
    {
        headless.Clear();
        whole.Clear();
    }

    /// <summary>Called where it is known which nodes are in use.</summary>
    /// <param name="count">How many records the tree has beside those of its other leaves: where one node alone is not known, its own.</param>
    public void Count(long count)
    {
        if (unknown == 1 && headless.Count == 1 && count >= 0 && count < nodeSize / 2)
        {
            headlessCount = (int)count;
        }
    }

    /// <summary>Gives the records to a reader.</summary>
    /// <returns>How many were taken that are certain to be of the tree.</returns>
    public int Take(LeafReader reader)
    {
        reader.Trust = headlessCount is null ? RecordTrust.Unproven : RecordTrust.Found;
        var taken = 0;
        foreach (var (number, next) in headless)
        {
            taken += TakeHeadless(number, next, reader);
        }

        reader.Trust = RecordTrust.Unproven;
        foreach (var number in whole)
        {
            node.Load(fork, (long)number * nodeSize);
            node.List(leaves, records);
            foreach (var (start, length) in records)
            {
                reader.Take(node.Bytes.AsSpan(start, length), ((long)number * nodeSize) + start);
            }
        }

        return headlessCount is null ? 0 : taken;
    }

    /// <summary>
    /// Behind the records of a node stand those that it had before it was split, or before some were deleted. Where nothing tells how many it
    /// has, none of them goes further than the key that the index has for the next node, or the next node itself; none comes before the last
    /// one of the node before; and each comes behind the one before it.
    /// </summary>
    private int TakeHeadless(int number, (int Node, int Record)? next, LeafReader reader)
    {
        var end = next is { } place ? KeyAt(place.Node, place.Record) : [];
        end = end.Length == 0 && chain.After(number) is { } after ? RecordAt(after, isLast: false) : end;
        var start = chain.Before(number) is { } before ? RecordAt(before, isLast: true) : [];
        node.Load(fork, (long)number * nodeSize);
        node.List(leaves, records, headlessCount);
        var taken = 0;
        foreach (var (at, length) in records)
        {
            var record = node.Bytes.AsSpan(at, length);
            if ((end.Length > 0 && leaves.Compare(record, end) >= 0) || (start.Length > 0 && leaves.Compare(record, start) <= 0))
            {
                break;
            }

            taken += reader.Take(record, ((long)number * nodeSize) + at) ? 1 : 0;
            start = record.ToArray();
        }

        return taken;
    }

    private byte[] KeyAt(int number, int record)
    {
        node.Load(fork, (long)number * nodeSize);
        var (start, end) = (node.OffsetAt(record), node.OffsetAt(record + 1));
        var isSound = start >= BTreeNode.DescriptorBytes && end > start + 4 && end <= nodeSize && node.IsReadable(start, end);
        return isSound ? node.Bytes[start..(end - 4)] : [];
    }

    /// <returns>The first or last record of a leaf; empty where it can't be read.</returns>
    private byte[] RecordAt(int number, bool isLast)
    {
        node.Load(fork, (long)number * nodeSize);
        node.List(leaves, records);
        var index = isLast ? node.RecordCount - 1 : 0;
        var start = index < 0 ? -1 : node.OffsetAt(index);
        var found = records.FindIndex(record => record.Start == start);
        return found < 0 ? [] : node.Bytes.AsSpan(start, records[found].Length).ToArray();
    }
}

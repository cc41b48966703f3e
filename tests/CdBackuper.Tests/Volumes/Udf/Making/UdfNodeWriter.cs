namespace CdBackuper.Tests.Volumes.Udf.Making;

/// <summary>Writes files and folders: content, allocation descriptors, entries, names (ECMA-167 4/14).</summary>
internal sealed class UdfNodeWriter(UdfSpace space)
{
    private const int MaxExtent = 1 << 29;
    private const long Continuation = 3L << 30;

    private readonly HashSet<UdfNode> placed = [];
    private readonly HashSet<UdfNode> written = [];

    /// <summary>Gives every entry its block, since names tell them.</summary>
    public void Place(UdfNode node)
    {
        if (!placed.Add(node))
        {
            return;
        }

        if (node.Icb < 0)
        {
            node.Icb = space.AllocateEntry(node.Earlier is null ? 1 : 2);
        }

        foreach (var name in node.Names.Concat(node.Streams))
        {
            Place(name.Node);
        }
    }

    /// <param name="node">A node that was placed.</param>
    /// <param name="parent">Its folder; itself for the root.</param>
    public void Write(UdfNode node, UdfNode parent)
    {
        if (!written.Add(node))
        {
            return;
        }

        foreach (var name in node.Names)
        {
            Write(name.Node, node);
        }

        long streams = -1;
        if (node.Streams.Count > 0)
        {
            var folder = new UdfNode { FileType = 13, Form = 3, LinkCount = 1 };
            folder.Names.AddRange(node.Streams.Select(stream => stream with { Characteristics = 0x10 }));
            Place(folder);
            Write(folder, node);
            streams = folder.Icb;
        }

        if (node.IsDirectory)
        {
            WriteNames(node, parent);
        }

        WriteEntry(node, streams);
    }

    private void WriteNames(UdfNode node, UdfNode parent)
    {
        var capacity = space.BlockSize - (node.IsExtended ? 216 : 176);
        var length = Names(node, parent, 0, isEmbedded: true).Length;
        if (node.Form == 3 && length <= capacity)
        {
            node.Content = Names(node, parent, node.Icb, isEmbedded: true);
            return;
        }

        // in blocks of the partition of structures, each extent for itself
        node.Form = node.Form == 3 ? 1 : node.Form;
        var blocks = (length + space.BlockSize - 1) / space.BlockSize;
        node.Extents = [];
        var starts = new List<long>();
        for (var left = blocks; left > 0; left -= node.BlocksPerExtent)
        {
            var count = Math.Min(left, node.BlocksPerExtent);
            var first = space.AllocateStructure(count);
            starts.AddRange(Enumerable.Range(0, count).Select(index => first + index));
            node.Extents.Add((first, Math.Min(count * space.BlockSize, length - (node.Extents.Sum(extent => extent.Length)))));
            if (left > count)
            {
                space.AllocateStructure(1); // so that the next one lies apart
            }
        }

        node.Content = Names(node, parent, 0, isEmbedded: false, starts);
        for (var index = 0; index < blocks; index++)
        {
            var at = index * space.BlockSize;
            space.PutStructure(starts[index], node.Content.AsSpan(at, Math.Min(space.BlockSize, length - at)), node);
        }
    }

    private byte[] Names(UdfNode node, UdfNode parent, long icb, bool isEmbedded, List<long>? starts = null)
    {
        var bytes = new List<byte>();
        var all = node.Names.Prepend(new([], parent, node.FileType == 13 ? 0x1A : 0x0A));
        foreach (var name in all)
        {
            var location = isEmbedded || starts is null ? icb : starts[bytes.Count / space.BlockSize];
            var used = 38 + name.Raw.Length;
            bytes.AddRange(new UdfFields((used + 3) & ~3)
                .Word(16, 1).Byte(18, name.Characteristics).Byte(19, name.Raw.Length)
                .LongAd(20, space.BlockSize, name.Node.Icb, space.EntryPartition)
                .Put(38, name.Raw).Seal(257, location).Bytes);
        }

        return [.. bytes];
    }

    private void WriteEntry(UdfNode node, long streams)
    {
        if (node.Form != 3 && node.Extents is null)
        {
            WriteContent(node);
        }

        var icb = node.Icb;
        foreach (var earlier in node.Earlier ?? [])
        {
            // an old entry, and behind it the way to the next (4/14.6.2, strategy 4096)
            space.PutEntry(icb, UdfFileEntries.Make(node, earlier, earlier.Length, icb, form: 3), node);
            var next = space.AllocateEntry(2);
            space.PutEntry(icb + 1, new UdfFields(52).Word(20, 4096).Word(22, 1).Word(24, 2).Byte(27, 3)
                .LongAd(36, 2L * space.BlockSize, next, space.EntryPartition).Seal(259, icb + 1).Bytes, node);
            icb = next;
        }

        var allocation = node.Form == 3 ? node.Content : Allocation(node);
        var length = node.Content.Length + node.Hole + node.NotRecorded;
        space.PutEntry(icb, UdfFileEntries.Make(node, allocation, length, icb, streams: streams < 0 ? null : (streams, space)), node);
    }

    private void WriteContent(UdfNode node)
    {
        node.Extents = [];
        for (var done = 0; done < node.Content.Length;)
        {
            var length = (int)Math.Min((long)node.BlocksPerExtent * space.BlockSize, node.Content.Length - done);
            var block = space.Allocate((length + space.BlockSize - 1) / space.BlockSize);
            space.PutOwned(block, node.Content.AsSpan(done, length), node);
            node.Extents.Add((block, length));
            done += length;
            if (done < node.Content.Length)
            {
                space.Allocate(1);
            }
        }
    }

    private byte[] Allocation(UdfNode node)
    {
        var partition = node.IsDirectory ? space.StructurePartition : 0;
        var all = new List<(long Word, long Block, int Partition)>();
        all.AddRange(node.Extents!.Select(extent => ((long)extent.Length, extent.Block, partition)));
        var holes = new List<(long Word, long Block, int Partition)>();
        for (var left = node.Hole; left > 0; left -= MaxExtent)
        {
            holes.Add(((2L << 30) | Math.Min(left, MaxExtent), 0, 0));
        }

        for (var left = node.NotRecorded; left > 0; left -= MaxExtent)
        {
            var blocks = (Math.Min(left, MaxExtent) + space.BlockSize - 1) / space.BlockSize;
            holes.Add(((1L << 30) | Math.Min(left, MaxExtent), space.Allocate(blocks), 0));
        }

        all.InsertRange(Math.Min(1, all.Count), holes);
        return Chain(node, all);
    }

    /// <summary>
    /// As many descriptors as one place is to hold, then one that leads to the next place (4/12, 4/14.5).
    /// </summary>
    private byte[] Chain(UdfNode node, List<(long Word, long Block, int Partition)> all)
    {
        if (all.Count <= node.DescriptorsPerPlace)
        {
            return [.. all.SelectMany(extent => Descriptor(node.Form, extent))];
        }

        var first = all[..node.DescriptorsPerPlace];
        var block = space.AllocateStructure(1);
        var rest = Chain(node, all[node.DescriptorsPerPlace..]);
        space.PutStructure(block, new UdfFields(24 + rest.Length).Long(20, rest.Length).Put(24, rest).Seal(258, block).Bytes, node);
        first.Add((Continuation | (uint)space.BlockSize, block, space.StructurePartition));
        return [.. first.SelectMany(extent => Descriptor(node.Form, extent))];
    }

    private static byte[] Descriptor(int form, (long Word, long Block, int Partition) extent) => form switch
    {
        0 => new UdfFields(8).Long(0, extent.Word).Long(4, extent.Block).Bytes,
        1 => new UdfFields(16).LongAd(0, extent.Word, extent.Block, extent.Partition).Bytes,
        _ => new UdfFields(20).Long(0, extent.Word).Long(4, extent.Word & 0x3FFF_FFFF).Long(8, extent.Word & 0x3FFF_FFFF)
            .Long(12, extent.Block).Word(16, extent.Partition).Bytes,
    };
}

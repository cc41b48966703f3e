namespace CdBackuper.Tests.Volumes.Udf.Making;

/// <summary>A file, folder, link or stream to be written, and where it was written.</summary>
internal sealed class UdfNode
{
    /// <summary>ECMA-167 4/14.6.6.</summary>
    public int FileType { get; init; } = 5;

    public byte[] Content { get; set; } = [];

    /// <summary>0 short, 1 long, 2 extended allocation descriptors, 3 embedded.</summary>
    public int Form { get; set; } = 1;

    /// <summary>Blocks of each extent; the next one is put elsewhere.</summary>
    public int BlocksPerExtent { get; init; } = int.MaxValue / 8192;

    /// <summary>How many descriptors stand in one place before they go on in another.</summary>
    public int DescriptorsPerPlace { get; init; } = int.MaxValue;

    /// <summary>
    /// Bytes of zeros behind the content that are not allocated (kind 2) and those not recorded (kind 1).
    /// </summary>
    public long Hole { get; init; }

    public long NotRecorded { get; init; }

    public int Flags { get; init; }

    public int Permissions { get; init; } = 0x1CA5;

    /// <summary>Extended attributes that stand in the entry (4/14.10).</summary>
    public byte[] Attributes { get; init; } = [];

    public bool IsExtended { get; init; } = true;

    /// <summary>Earlier states of an ICB of strategy 4096; null for strategy 4.</summary>
    public IReadOnlyList<byte[]>? Earlier { get; init; }

    public List<UdfName> Names { get; } = [];

    public List<UdfName> Streams { get; } = [];

    public int LinkCount { get; set; }

    /// <summary>The block with the entry, in the partition of entries; the virtual one where that is virtual.</summary>
    public long Icb { get; set; } = -1;

    /// <summary>What the content's extents are, once it is written.</summary>
    public List<(long Block, int Length)>? Extents { get; set; }

    public bool IsDirectory => FileType is 4 or 13;

    public UdfNode Add(string name, UdfNode node, int characteristics = 0)
    {
        Names.Add(new(UdfFields.Compress(name), node, characteristics | (node.FileType == 4 ? 2 : 0)));
        node.LinkCount++;
        return node;
    }

    public UdfNode Add(string name, byte[] content, int form = 1) => Add(name, new UdfNode { Content = content, Form = form });

    public UdfNode Folder(string name) => Add(name, new UdfNode { FileType = 4, Form = 3 });

    public UdfNode Stream(string name, byte[] content)
    {
        var node = new UdfNode { Content = content };
        Streams.Add(new(UdfFields.Compress(name), node, 0));
        return node;
    }
}

/// <summary>A name in a directory.</summary>
internal sealed record UdfName(byte[] Raw, UdfNode Node, int Characteristics)
{
    public int Characteristics { get; set; } = Characteristics;
}

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// A file's sections, put together from its consecutive records (ECMA-119 §6.5.1). One serves many files, one after the other.
/// </summary>
internal sealed class FileParts
{
    private readonly List<Extent> extents = new(1);
    private EntryFacts facts;
    private byte[] rawName = [];

    public FileEntry? Parent { get; private set; }

    public EntryFacts Facts => facts;

    public long SectorNumber { get; private set; }

    /// <summary>True until the record of the last section was met.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>
    /// True when the file has more runs than the limit allows: where it lies then counts as unknown.
    /// </summary>
    public bool IsOverLimit { get; private set; }

    /// <summary>Begins another file; what is known of the one before is forgotten.</summary>
    public void Begin(in EntryFacts facts, FileEntry? parent, long sector)
    {
        this.facts = facts;
        (Parent, SectorNumber) = (parent, sector);
        (IsOpen, IsOverLimit) = (false, false);
        extents.Clear();
    }

    /// <summary>Takes what the record of a later section says and the first one's does not.</summary>
    public void Learn(in EntryFacts later) => facts = facts.Mode is null && later.Mode is not null
        ? later with { IsAssociated = facts.IsAssociated, XaForm = facts.XaForm, FinderInfo = later.FinderInfo ?? facts.FinderInfo, Zisofs = later.Zisofs ?? facts.Zisofs }
        : facts with { Zisofs = facts.Zisofs ?? later.Zisofs };

    public bool IsContinuedBy(in DirectoryRecord record) =>
        IsOpen && !record.IsDirectory && record.IsAssociated == facts.IsAssociated && record.Name.SequenceEqual(rawName);

    public void Add(in DirectoryRecord record, int blockSize)
    {
        if (record.IsContinued && !IsOpen)
        {
            rawName = record.Name.ToArray();
        }

        IsOpen = record.IsContinued;
        var start = record.DataStart(blockSize);
        var unit = (long)record.UnitBlocks * blockSize;
        if (unit == 0 || record.GapBlocks == 0 || record.DataLengthBytes <= unit)
        {
            AddRun(new(start, record.DataLengthBytes));
            return;
        }

        // interleaved: units of the file with gaps between them (§6.4.3)
        for (long left = record.DataLengthBytes; left > 0; left -= unit)
        {
            AddRun(new(start, Math.Min(unit, left)));
            start += unit + ((long)record.GapBlocks * blockSize);
        }
    }

    /// <summary>Where the bytes lie as they are stored.</summary>
    public IReadOnlyList<Extent> Stored => extents;

    /// <param name="content">The file's runs, where they are others than <see cref="Stored"/>.</param>
    /// <param name="finderInfo">What the Finder is told of an associated file, where it is not told by its own record.</param>
    public FileEntry ToEntry(IReadOnlyList<Extent> content, byte[]? finderInfo = null)
    {
        var isFile = facts.Kind == EntryKind.File;
        var length = isFile ? Extent.TotalLength(content) : 0;
        var preamble = isFile && facts.IsAssociated
            ? AppleDouble.Header(facts.FinderInfo ?? finderInfo ?? new byte[AppleDouble.FinderInfoLength], length)
            : [];
        return new()
        {
            Parent = Parent,
            Name = facts.IsAssociated ? AppleDouble.NamePrefix + facts.Name : facts.Name,
            RawName = facts.RawName,
            Kind = facts.Kind,
            Size = preamble.Length + length,
            Preamble = preamble,
            FinderInfo = isFile && !facts.IsAssociated ? AppleUse.Told(facts.FinderInfo) : default,
            Extents = IsOverLimit ? null : length == 0 ? [] : content.Count == 1 ? [content[0]] : [.. content],
            Encoded = content == extents ? null : [.. extents],
            Modified = facts.Modified,
            Created = facts.Created,
            Mode = facts.Mode,
            LinkTarget = facts.LinkTarget,
            XaForm = facts.XaForm,
        };
    }

    private void AddRun(Extent run)
    {
        if (run.Length == 0)
        {
            return;
        }

        if (extents.Count > 0 && extents[^1].Start + extents[^1].Length == run.Start)
        {
            extents[^1] = new(extents[^1].Start, extents[^1].Length + run.Length);
        }
        else if (extents.Count < IsoLimits.ExtentsPerFile)
        {
            extents.Add(run);
        }
        else
        {
            IsOverLimit = true;
            extents[^1] = new(extents[^1].Start, extents[^1].Length + run.Length);
        }
    }
}

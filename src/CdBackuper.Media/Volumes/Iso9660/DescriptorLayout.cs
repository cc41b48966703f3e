namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// Where the fields of a volume descriptor stand: in ISO 9660 (ECMA-119 §8.4), and in its forerunner, the High Sierra Group's
/// working paper of 1986, whose descriptors begin with their own address.
/// </summary>
internal sealed record DescriptorLayout
{
    public static readonly DescriptorLayout Ecma119 = new()
    {
        SpaceSizeAt = 80,
        BlockSizeAt = 128,
        PathTableSizeAt = 132,
        PathTablesAt = 140,
        PathTableCopies = 2,
        RootAt = 156,
        CreationAt = 813,
        ModificationAt = 830,
        Name = (40, 32),
        System = (8, 32),
        VolumeSet = (190, 128),
        Publisher = (318, 128),
        Preparer = (446, 128),
        Application = (574, 128),
        CopyrightFile = (702, 37),
        AbstractFile = (739, 37),
        BibliographicFile = (776, 37),
    };

    /// <summary>Dates have no offset from GMT here, and each path table up to four copies.</summary>
    public static readonly DescriptorLayout HighSierra = new()
    {
        IsHighSierra = true,
        SpaceSizeAt = 88,
        BlockSizeAt = 136,
        PathTableSizeAt = 140,
        PathTablesAt = 148,
        PathTableCopies = 4,
        RootAt = 180,
        CreationAt = 790,
        ModificationAt = 806,
        Name = (48, 32),
        System = (16, 32),
        VolumeSet = (214, 128),
        Publisher = (342, 128),
        Preparer = (470, 128),
        Application = (598, 128),
        CopyrightFile = (726, 32),
        AbstractFile = (758, 32),
        BibliographicFile = (0, 0),
    };

    public bool IsHighSierra { get; private init; }

    public int SpaceSizeAt { get; private init; }

    public int BlockSizeAt { get; private init; }

    public int PathTableSizeAt { get; private init; }

    /// <summary>The places of the little-endian table's copies; those of the big-endian one's follow.</summary>
    public int PathTablesAt { get; private init; }

    public int PathTableCopies { get; private init; }

    public int RootAt { get; private init; }

    public int CreationAt { get; private init; }

    public int ModificationAt { get; private init; }

    public (int Start, int Length) Name { get; private init; }

    public (int Start, int Length) System { get; private init; }

    public (int Start, int Length) VolumeSet { get; private init; }

    public (int Start, int Length) Publisher { get; private init; }

    public (int Start, int Length) Preparer { get; private init; }

    public (int Start, int Length) Application { get; private init; }

    public (int Start, int Length) CopyrightFile { get; private init; }

    public (int Start, int Length) AbstractFile { get; private init; }

    public (int Start, int Length) BibliographicFile { get; private init; }
}

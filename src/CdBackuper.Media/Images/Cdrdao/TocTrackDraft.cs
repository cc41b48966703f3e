namespace CdBackuper.Media.Images.Cdrdao;

/// <summary>A TRACK of a toc-file as it is written.</summary>
internal sealed class TocTrackDraft(int number, TrackKind kind, SectorBody body, int stride)
{
    public int Number => number;

    public TrackKind Kind => kind;

    public SectorBody Body => body;

    /// <summary>Bytes of a sector in the file.</summary>
    public int Stride => stride;

    public List<TocPart> Parts { get; } = [];

    /// <summary>So many parts lie before the START that gives no length; null for none.</summary>
    public int? GapParts { get; set; }

    /// <summary>The gap before index 1, in sectors; part of the track's length.</summary>
    public long GapSectors { get; set; }
}
